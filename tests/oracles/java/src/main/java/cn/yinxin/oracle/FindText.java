package cn.yinxin.oracle;

import java.nio.file.Path;
import org.ofdrw.reader.OFDReader;
import org.ofdrw.reader.keyword.KeywordExtractor;

/**
 * Finds a text in OFD files with ofdrw: {@code FindText TEXT FILE...}. One line an occurrence, in
 * ofdrw's order: FILE page x y width height, pages from 1, lengths in millimetres.
 */
public final class FindText {
    private FindText() {}

    public static void main(String[] args) throws Exception {
        Lines.usage(args.length > 1, "FindText TEXT FILE...");
        Lines lines = new Lines();
        for (int i = 1; i < args.length; i++) {
            String file = args[i];
            lines.each(file, () -> find(lines, file, args[0]));
        }
        lines.exit();
    }

    private static void find(Lines lines, String file, String text) throws Exception {
        try (OFDReader reader = new OFDReader(Path.of(file))) {
            for (var position : KeywordExtractor.getKeyWordPositionList(reader, text)) {
                var box = position.getBox();
                lines.print(
                        file,
                        position.getPage(),
                        box.getTopLeftX(),
                        box.getTopLeftY(),
                        box.getWidth(),
                        box.getHeight());
            }
        }
    }
}
