//! Builds Tongsuo from the source that its crate brings, and links it in.

fn main() {
    tongsuo_src::Build::new().build().print_cargo_metadata();
}
