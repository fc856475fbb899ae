package cn.yinxin.oracle;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.ofdrw.converter.FontLoader;
import org.ofdrw.converter.ImageMaker;
import org.ofdrw.reader.OFDReader;

/**
 * Renders OFD pages to PNG with ofdrw's converter: {@code RenderOfd OUT_DIR FONT FILE...}, the font
 * standing in for every name a document uses without embedding. Writes OUT_DIR/NAME-N.png, N from
 * 0, some 8 pixels a millimetre, and prints FILE page PNG width height.
 */
public final class RenderOfd {
    private static final int PIXELS_PER_MILLIMETRE = 8;
    private static final String[] FONT_NAMES = {
        "宋体", "SimSun", "仿宋", "仿宋_GB2312", "FangSong", "黑体", "SimHei", "楷体", "楷体_GB2312",
        "KaiTi", "小标宋", "方正小标宋简体", "Courier New", "Times New Roman", "Arial",
    };

    private RenderOfd() {}

    public static void main(String[] args) throws Exception {
        Lines.usage(args.length > 2, "RenderOfd OUT_DIR FONT FILE...");
        System.setProperty("java.awt.headless", "true");
        Lines lines = new Lines();
        Path out = Files.createDirectories(Path.of(args[0]));
        useFont(Path.of(args[1]).toRealPath().toString());
        for (int i = 2; i < args.length; i++) {
            String file = args[i];
            lines.each(file, () -> render(lines, file, out));
        }
        lines.exit();
    }

    private static void useFont(String font) {
        FontLoader loader = FontLoader.getInstance();
        for (String name : FONT_NAMES) {
            loader.addSystemFontMapping(name, font);
        }
        loader.addSimilarFontReplaceRegexMapping(".*", font);
        FontLoader.loadAsDefaultFont(font);
        FontLoader.setSimilarFontReplace(true);
    }

    private static void render(Lines lines, String file, Path out) throws Exception {
        String name = Path.of(file).getFileName().toString().replaceFirst("\\.ofd$", "");
        try (OFDReader reader = new OFDReader(Path.of(file))) {
            ImageMaker maker = new ImageMaker(reader, PIXELS_PER_MILLIMETRE);
            for (int page = 0; page < reader.getNumberOfPages(); page++) {
                var image = maker.makePage(page);
                File png = out.resolve(name + "-" + page + ".png").toFile();
                if (!ImageIO.write(image, "PNG", png)) {
                    throw new IllegalStateException("no PNG writer");
                }
                lines.print(file, page, png, image.getWidth(), image.getHeight());
            }
        }
    }
}
