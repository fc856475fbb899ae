package cn.yinxin.oracle;

import java.nio.file.Files;
import java.nio.file.Path;
import org.bouncycastle.asn1.ASN1Sequence;
import org.ofdrw.gm.ses.parse.SESVersion;
import org.ofdrw.gm.ses.parse.SESVersionHolder;
import org.ofdrw.gm.ses.parse.VersionParser;

/**
 * Parses seals and seal signatures with ofdrw: {@code InspectSeal FILE...}. One line each:
 * FILE seal|signature layout headerVersion esID name pictureType width height.
 */
public final class InspectSeal {
    private InspectSeal() {}

    public static void main(String[] args) {
        Lines.usage(args.length > 0, "InspectSeal FILE...");
        Lines lines = new Lines();
        for (String file : args) {
            lines.each(file, () -> inspect(lines, file, Files.readAllBytes(Path.of(file))));
        }
        lines.exit();
    }

    private static void inspect(Lines lines, String file, byte[] bytes) {
        boolean signature = Tlv.read(bytes).child(0).child(0).tag() == 0x02;
        SESVersionHolder parsed = signature
                ? VersionParser.parseSES_SignatureVersion(bytes)
                : VersionParser.parseSES_SealVersion(bytes);
        String kind = signature ? "signature" : "seal";
        ASN1Sequence sequence = parsed.getObjSeq();
        if (parsed.getVersion() == SESVersion.v1) {
            var seal = signature
                    ? org.ofdrw.gm.ses.v1.SES_Signature.getInstance(sequence).getToSign().getEseal()
                    : org.ofdrw.gm.ses.v1.SESeal.getInstance(sequence);
            var info = seal.getEsealInfo();
            var picture = info.getPicture();
            lines.print(file, kind, "v1", info.getHeader().getVersion(), info.getEsID(),
                    info.getProperty().getName(), picture.getType(), picture.getWidth(),
                    picture.getHeight());
        } else {
            var seal = signature
                    ? org.ofdrw.gm.ses.v4.SES_Signature.getInstance(sequence).getToSign().getEseal()
                    : org.ofdrw.gm.ses.v4.SESeal.getInstance(sequence);
            var info = seal.geteSealInfo();
            var picture = info.getPicture();
            lines.print(file, kind, "v4", info.getHeader().getVersion(), info.getEsID(),
                    info.getProperty().getName(), picture.getType(), picture.getWidth(),
                    picture.getHeight());
        }
    }
}
