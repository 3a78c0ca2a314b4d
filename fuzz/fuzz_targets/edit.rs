//! `cargo +nightly fuzz run --features libfuzzer edit`

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    plimsoll_fuzz::edit(bytes);
});
