//! Names the shared library, so that a program finds the one it was built for.

fn main() {
    // `libyinxin.so.0` for all of 0.x; from 1.0 on the number is that of the major version.
    let major = std::env::var("CARGO_PKG_VERSION_MAJOR").unwrap_or_default();
    let system = std::env::var("CARGO_CFG_TARGET_OS").unwrap_or_default();
    if system == "linux" {
        println!("cargo::rustc-cdylib-link-arg=-Wl,-soname,libyinxin.so.{major}");
    }
    println!("cargo::rerun-if-changed=build.rs");
}
