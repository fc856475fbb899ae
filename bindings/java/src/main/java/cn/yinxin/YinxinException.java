package cn.yinxin;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A call failed: the caller's mistake, or input that is not what it was said to be. A verdict on a
 * document is never an exception. Neither message nor context holds personal data or keys.
 */
public class YinxinException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Its code. */
    private final ErrorCode code;
    /** The number, kept for codes that this face does not know. */
    private final int number;
    /** Its context. */
    private final LinkedHashMap<String, String> context;

    /**
     * An exception as the library reports it.
     *
     * @param number the stable number
     * @param message one English sentence
     * @param context offsets, entry names, limits; may quote a hostile file
     */
    public YinxinException(int number, String message, Map<String, String> context) {
        super(message + (context.isEmpty() ? "" : " " + context));
        this.code = ErrorCode.of(number);
        this.number = number;
        this.context = new LinkedHashMap<>(context);
    }

    /**
     * Why the call failed.
     *
     * @return the code; {@link ErrorCode#UNKNOWN} where the library is newer than this face
     */
    public ErrorCode code() {
        return code;
    }

    /**
     * The stable number, also of an unknown code.
     *
     * @return the number
     */
    public int number() {
        return number;
    }

    /**
     * Offsets, entry names, limits. Values may quote a hostile file.
     *
     * @return an unmodifiable map
     */
    public Map<String, String> context() {
        return Collections.unmodifiableMap(context);
    }
}
