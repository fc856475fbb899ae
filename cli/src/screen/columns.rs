//! Named lines: labels of one width, values wrapped beside them.

use std::io::{self, Write};

use anstyle::Style;

use super::paint;
use crate::escape::{char_width, pad, width};

/// Space between a label and its value.
const GAP: usize = 2;
/// Below this a value is not wrapped beside its label: nothing readable would be left.
const MIN_COLUMNS: usize = 24;

/// One line of a screen. Its value is already escaped.
pub(crate) struct Line {
    /// What stands at its left.
    pub(crate) label: String,
    /// What it says.
    pub(crate) value: String,
    /// The colour of the value.
    pub(crate) style: Style,
}

impl Line {
    /// A line in the terminal's own colour.
    pub(crate) fn plain(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            value: value.into(),
            style: Style::new(),
        }
    }

    /// The same line in a colour.
    pub(crate) fn styled(mut self, style: Style) -> Self {
        self.style = style;
        self
    }
}

/// Writes lines with their labels in one column, indented by `indent`, wrapped to the terminal.
pub(crate) fn write(
    out: &mut dyn Write,
    lines: &[Line],
    indent: usize,
    columns: Option<usize>,
) -> io::Result<()> {
    let label_width = lines
        .iter()
        .map(|line| width(&line.label))
        .max()
        .unwrap_or(0);
    let left = indent + label_width + GAP;
    for line in lines {
        let label = paint::LABEL;
        write!(
            out,
            "{:indent$}{label}{}{label:#}  ",
            "",
            pad(&line.label, label_width)
        )?;
        let style = line.style;
        for (index, row) in wrap(&line.value, columns, left).iter().enumerate() {
            if index > 0 {
                write!(out, "{:left$}", "")?;
            }
            writeln!(out, "{style}{row}{style:#}")?;
        }
    }
    Ok(())
}

/// Cuts a text into rows that end within `columns` when the first `left` are taken. A row ends
/// at a space if there is one in its second half, else after any Chinese character or mark.
pub(crate) fn wrap(text: &str, columns: Option<usize>, left: usize) -> Vec<String> {
    let room = match columns {
        // The last column stays free: some terminals wrap when it is filled.
        Some(columns) if columns > left + MIN_COLUMNS => columns - left - 1,
        _ => return vec![text.to_owned()],
    };
    let mut rows = Vec::new();
    let mut row = String::new();
    for c in text.chars() {
        if width(&row) + char_width(c) > room && !clings(c) {
            let at = row
                .rfind(' ')
                .filter(|at| width(row.get(..*at).unwrap_or_default()) * 2 > room);
            let ascii = c.is_ascii() && row.ends_with(|last: char| last.is_ascii() && last != ' ');
            let rest = match at {
                Some(at) if ascii => row.split_off(at).trim_start().to_owned(),
                _ => String::new(),
            };
            rows.push(std::mem::replace(&mut row, rest).trim_end().to_owned());
            if c == ' ' && row.is_empty() {
                continue;
            }
        }
        row.push(c);
    }
    if !row.is_empty() || rows.is_empty() {
        rows.push(row);
    }
    rows
}

/// Marks that may not begin a row.
fn clings(c: char) -> bool {
    matches!(
        c,
        '，' | '。' | '；' | '：' | '、' | '）' | '》' | '”' | '！' | '？'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_share_a_column_whatever_their_script() {
        let mut out = Vec::new();
        let lines = [Line::plain("结论", "a"), Line::plain("印章与签章人", "b")];
        write(&mut out, &lines, 0, None).unwrap();
        let plain = anstream::adapter::strip_bytes(&out).into_vec();
        assert_eq!(
            String::from_utf8(plain).unwrap(),
            "结论          a\n印章与签章人  b\n"
        );
    }

    #[test]
    fn rows_fit_and_lose_nothing() {
        let text = "文件内容在签章之后被改动过，请勿采信；changed parts: Doc_0/Pages/Page_0/Content.xml and more。";
        for columns in 30..90 {
            let rows = wrap(text, Some(columns), 4);
            // A closing mark may stand in the free column.
            assert!(
                rows.iter().all(|row| width(row) <= columns - 4 + 1),
                "{columns}: {rows:?}"
            );
            let squeezed = |text: &str| text.replace(' ', "");
            assert_eq!(squeezed(&rows.concat()), squeezed(text));
        }
        assert_eq!(wrap(text, Some(10), 4), [text]);
        assert_eq!(wrap("", None, 4), [""]);
    }
}
