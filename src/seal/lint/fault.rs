//! The rules that a seal's picture can break, with their codes and what to do about each.

/// A rule that a seal's picture breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PictureFault {
    /// It is of no kind that seals carry.
    UnknownFormat,
    /// It is of another kind than declared.
    TypeDiffers,
    /// It cannot be read, or is larger than any seal's.
    Unreadable,
    /// Its proportions are not those of the size it is shown at.
    Distorted,
    /// Fewer than 300 dots per inch at the size it is shown at.
    LowResolution,
    /// The file itself states another size than the seal.
    StatedSizeDiffers,
    /// Nothing of it is transparent: it would cover the text below.
    Opaque,
    /// Its ink is not red.
    NotRed,
    /// It shows nothing.
    Blank,
    /// A margin around the ink makes the impression smaller than the seal says.
    Margin,
    /// It holds a script or an action.
    Script,
    /// It refers to something outside itself.
    External,
    /// It holds text, which looks as the reader's fonts have it.
    Text,
    /// A nested document that has not exactly one page, or lacks a part.
    Incomplete,
}

impl PictureFault {
    /// Every fault, in the order of the codes' list.
    pub const ALL: [Self; 14] = [
        Self::UnknownFormat,
        Self::TypeDiffers,
        Self::Unreadable,
        Self::Distorted,
        Self::LowResolution,
        Self::StatedSizeDiffers,
        Self::Opaque,
        Self::NotRed,
        Self::Blank,
        Self::Margin,
        Self::Script,
        Self::External,
        Self::Text,
        Self::Incomplete,
    ];

    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::UnknownFormat => "picture.unknown_format",
            Self::TypeDiffers => "picture.type_differs",
            Self::Unreadable => "picture.unreadable",
            Self::Distorted => "picture.distorted",
            Self::LowResolution => "picture.low_resolution",
            Self::StatedSizeDiffers => "picture.stated_size_differs",
            Self::Opaque => "picture.opaque",
            Self::NotRed => "picture.not_red",
            Self::Blank => "picture.blank",
            Self::Margin => "picture.margin",
            Self::Script => "picture.script",
            Self::External => "picture.external",
            Self::Text => "picture.text",
            Self::Incomplete => "picture.incomplete",
        }
    }

    /// What is wrong and what helps, in English.
    #[must_use]
    pub const fn english(self) -> &'static str {
        match self {
            Self::UnknownFormat => {
                "the file is none of PNG, GIF, BMP, JPEG, SVG and OFD; save it as PNG"
            }
            Self::TypeDiffers => {
                "the file is of another type than the seal declares; have the seal made anew"
            }
            Self::Unreadable => "the file is damaged or far too large; save it anew",
            Self::Distorted => {
                "width and height do not fit the seal's, so it is shown stretched; correct the millimetres or the picture"
            }
            Self::LowResolution => {
                "it has fewer than 300 dots per inch at its size; use a picture with more pixels"
            }
            Self::StatedSizeDiffers => {
                "the file states another size than the seal; check the millimetres"
            }
            Self::Opaque => {
                "its ground is not transparent and would cover the text; save it with a transparent ground"
            }
            Self::NotRed => "its ink is not red; seals are red",
            Self::Blank => "it shows nothing",
            Self::Margin => {
                "an empty margin makes the impression smaller than the seal says; cut the margin off"
            }
            Self::Script => "it holds a script or an action; remove it",
            Self::External => "it refers to something outside the file; put everything into it",
            Self::Text => {
                "it holds text that other fonts show differently; turn the text into outlines"
            }
            Self::Incomplete => {
                "the OFD does not have exactly one page with all its parts; save it anew"
            }
        }
    }

    /// The same in Chinese.
    #[must_use]
    pub const fn chinese(self) -> &'static str {
        match self {
            Self::UnknownFormat => "不是 PNG、GIF、BMP、JPEG、SVG、OFD 中的任何一种，请另存为 PNG",
            Self::TypeDiffers => "图片实际类型与印章中声明的不一致，应重新制章",
            Self::Unreadable => "图片已损坏或过大，请重新保存",
            Self::Distorted => "图片宽高比与印章尺寸不符，显示时会变形，请改正毫米数或图片",
            Self::LowResolution => "按印章尺寸计算不足 300 dpi，请换用像素更高的图片",
            Self::StatedSizeDiffers => "图片自身标注的尺寸与印章尺寸不符，请核对毫米数",
            Self::Opaque => "背景不透明，盖章后会遮住文字，请另存为透明背景",
            Self::NotRed => "印文不是红色，印章应为红色",
            Self::Blank => "图片是空白的",
            Self::Margin => "四周留白，印迹小于印章标明的尺寸，请裁去留白",
            Self::Script => "图片内含脚本或动作，请去除",
            Self::External => "图片引用了外部内容，请将其全部嵌入图片",
            Self::Text => "图片内含文字，换一种字体显示会不一样，请将文字转为轮廓",
            Self::Incomplete => "OFD 图片应恰有一页且内容齐全，请重新保存",
        }
    }
}
