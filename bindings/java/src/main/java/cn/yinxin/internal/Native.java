package cn.yinxin.internal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import com.sun.jna.Pointer;

import cn.yinxin.YinxinException;

/**
 * Calls of libyinxin in terms of Java: what goes in and comes out is bytes, texts, numbers and
 * handles. An error of the library is thrown as {@link YinxinException}.
 */
final class Native {
    private Native() {}

    /** A call without a result. */
    interface Does {
        int call(long[] error);
    }

    /** A call that gives an object. */
    interface Gives {
        int call(long[] out, long[] error);
    }

    /** A call that reads bytes of an object, with their length. */
    interface Lends {
        Pointer call(long[] len);
    }

    static void run(Does call) {
        long[] error = new long[1];
        int status = call.call(error);
        if (status != 0) {
            throw exception(status, pointer(error[0]));
        }
    }

    static Pointer object(Gives call) {
        long[] out = new long[1];
        run(error -> call.call(out, error));
        return pointer(out[0]);
    }

    private static Pointer pointer(long address) {
        return address == 0 ? null : new Pointer(address);
    }

    static byte[] bytes(Gives call) {
        Pointer bytes = object(call);
        try {
            return copy(C.yinxin_bytes_data(bytes), C.yinxin_bytes_len(bytes));
        } finally {
            C.yinxin_bytes_free(bytes);
        }
    }

    static String string(Gives call) {
        return new String(bytes(call), StandardCharsets.UTF_8);
    }

    static byte[] lent(Lends call) {
        long[] len = new long[1];
        Pointer data = call.call(len);
        return data == null ? new byte[0] : copy(data, len[0]);
    }

    /** A text with a NUL behind it; null stays null. */
    static byte[] text(String text) {
        if (text == null) {
            return null;
        }
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a text with a NUL inside");
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Arrays.copyOf(bytes, bytes.length + 1);
    }

    static String read(Pointer text) {
        return text == null ? null : text.getString(0, "UTF-8");
    }

    private static byte[] copy(Pointer data, long len) {
        if (len > Integer.MAX_VALUE) {
            throw new IllegalStateException("longer than an array can be");
        }
        return data.getByteArray(0, (int) len);
    }

    private static YinxinException exception(int status, Pointer error) {
        if (error == null) {
            return new YinxinException(status, "the call failed", new LinkedHashMap<>());
        }
        try {
            Map<String, String> context = new LinkedHashMap<>();
            long count = C.yinxin_error_context_count(error);
            for (long index = 0; index < count; index++) {
                context.put(read(C.yinxin_error_context_key(error, index)),
                    read(C.yinxin_error_context_value(error, index)));
            }
            return new YinxinException(status, read(C.yinxin_error_message(error)), context);
        } finally {
            C.yinxin_error_free(error);
        }
    }
}
