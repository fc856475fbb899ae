package cn.yinxin;

/** The form of a PDF's signature. */
public enum PdfFormat {
    /** {@code ETSI.CAdES.detached}, PAdES baseline. */
    PADES(0),
    /** {@code adbe.pkcs7.detached}, ISO 32000-1. */
    ISO_32000(1),
    /** {@code GM.sm2cms.detached}, as products that follow GM/T 0112 write it. */
    NATIONAL(2);

    private final int number;

    PdfFormat(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
