package cn.yinxin;

/** The layout of a seal, by its standard. */
public enum Layout {
    /** GM/T 0031-2014. */
    GMT0031_2014(2014, "GM/T 0031-2014"),
    /** GB/T 38540-2020. */
    GBT38540_2020(2020, "GB/T 38540-2020"),
    /** GM/T 0031-2025. */
    GMT0031_2025(2025, "GM/T 0031-2025");

    private final int number;
    private final String standard;

    Layout(int number, String standard) {
        this.number = number;
        this.standard = standard;
    }

    /**
     * The standard with its edition.
     *
     * @return such as {@code GB/T 38540-2020}
     */
    public String standard() {
        return standard;
    }

    int number() {
        return number;
    }

    static Layout of(int number) {
        for (Layout layout : values()) {
            if (layout.number == number) {
                return layout;
            }
        }
        throw new IllegalStateException("a layout that this face does not know");
    }
}
