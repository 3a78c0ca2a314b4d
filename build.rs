//! Tells the linker what `xtask/split.mjs` needs to know of the page's program.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let is_page = std::env::var_os("CARGO_FEATURE_WEB").is_some();
    if is_page && std::env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32") {
        println!("cargo::rustc-link-arg-bin=plimsoll-web=--emit-relocs");
    }
}
