//! Appending to a PDF, as whoever holds the file can.

/// The file with one more revision in which an object has another body.
pub(crate) fn append_revision(pdf: &[u8], object: usize, body: &[u8]) -> Vec<u8> {
    let trailer_key = |key: &str| {
        let text = String::from_utf8_lossy(pdf);
        let trailer = text.rfind("trailer").unwrap();
        let value = trailer + text[trailer..].find(key).unwrap() + key.len();
        text[value..].split_whitespace().next().unwrap().to_owned()
    };
    let [size, root, info] = ["/Size ", "/Root ", "/Info "].map(trailer_key);
    let previous = {
        let text = String::from_utf8_lossy(pdf);
        let at = text.rfind("startxref").unwrap() + "startxref".len();
        text[at..].split_whitespace().next().unwrap().to_owned()
    };
    let mut out = pdf.to_vec();
    let offset = out.len();
    out.extend(format!("{object} 0 obj\n").bytes());
    out.extend(body);
    out.extend(b"\nendobj\n");
    let table = out.len();
    out.extend(
        format!(
            "xref\n{object} 1\n{offset:010} 00000 n \ntrailer\n<< /Size {size} /Root {root} 0 R /Info {info} 0 R /Prev {previous} >>\nstartxref\n{table}\n%%EOF\n"
        )
        .bytes(),
    );
    out
}
