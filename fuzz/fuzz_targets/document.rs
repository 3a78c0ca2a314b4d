//! `cargo +nightly fuzz run --features libfuzzer document`

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    plimsoll_fuzz::document(bytes);
});
