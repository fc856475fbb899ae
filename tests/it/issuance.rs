//! x
use crate::pki;
#[test]
fn look() {
    let a = pki::Archive::read(&pki::sealed_ofd());
    for (n,c) in &a.0 { eprintln!("== {n} {}\n{}", c.len(), String::from_utf8_lossy(&c[..c.len().min(1800)])); }
    let r = pki::judge(&pki::sealed_ofd());
    eprintln!("{}\n{:?}", r.to_json(), pki::not_passed(&r));
    let p = pki::sealed_pdf();
    let r = pki::judge(&p);
    std::fs::write("/tmp/x.pdf", &p).unwrap();
    eprintln!("{}\n{:?}", r.to_json(), pki::not_passed(&r));
}
