//! Writing objects: one form for each, keys in byte order, so the same object gives the same
//! bytes.

use super::object::{Dict, Object, PdfString};

/// Appends `object` to `out`.
pub(crate) fn print(object: &Object, out: &mut Vec<u8>) {
    match object {
        Object::Null => out.extend(b"null"),
        Object::Bool(value) => out.extend(value.to_string().bytes()),
        Object::Integer(value) => out.extend(value.to_string().bytes()),
        Object::Real(text) => out.extend(text.bytes()),
        Object::Name(name) => print_name(name, out),
        Object::String(string) => print_string(string, out),
        Object::Array(items) => print_array(items, out),
        Object::Dict(dict) => print_dict(dict, out),
        Object::Reference(reference) => out.extend(format!("{reference} R").bytes()),
    }
}

fn print_name(name: &[u8], out: &mut Vec<u8>) {
    out.push(b'/');
    for byte in name {
        if byte.is_ascii_graphic() && !b"()<>[]{}/%#".contains(byte) {
            out.push(*byte);
        } else {
            out.extend(format!("#{byte:02X}").bytes());
        }
    }
}

fn print_string(string: &PdfString, out: &mut Vec<u8>) {
    let printable = string
        .bytes
        .iter()
        .all(|byte| byte.is_ascii_graphic() || *byte == b' ');
    if printable && !string.hex {
        out.push(b'(');
        for byte in &string.bytes {
            if b"()\\".contains(byte) {
                out.push(b'\\');
            }
            out.push(*byte);
        }
        out.push(b')');
    } else {
        out.push(b'<');
        for byte in &string.bytes {
            out.extend(format!("{byte:02X}").bytes());
        }
        out.push(b'>');
    }
}

fn print_array(items: &[Object], out: &mut Vec<u8>) {
    out.push(b'[');
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push(b' ');
        }
        print(item, out);
    }
    out.push(b']');
}

fn print_dict(dict: &Dict, out: &mut Vec<u8>) {
    out.extend(b"<<");
    for (key, value) in dict.iter() {
        out.push(b' ');
        print_name(key, out);
        out.push(b' ');
        print(value, out);
    }
    out.extend(b" >>");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdf::syntax::Parser;

    #[test]
    fn what_is_printed_reads_back() {
        let source = b"<</A[1 -2.50 true null]/B#20C(x\\)y)/D<00FF>/E 12 3 R/F/G#2F>>";
        let object = Parser::new(source, 0).object().unwrap();
        let mut printed = Vec::new();
        print(&object, &mut printed);
        let mut again = Vec::new();
        print(&Parser::new(&printed, 0).object().unwrap(), &mut again);
        assert_eq!(printed, again);
        assert_eq!(
            String::from_utf8(printed).unwrap(),
            "<< /A [1 -2.50 true null] /B#20C (x\\)y) /D <00FF> /E 12 3 R /F /G#2F >>"
        );
    }
}
