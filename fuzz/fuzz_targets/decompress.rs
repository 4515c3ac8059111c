//! Has libFuzzer look for bytes that `decompress::check` does not hold for.
#![no_main]

use www_websocket_fuzz::decompress;

libfuzzer_sys::fuzz_target!(|data: &[u8]| decompress::check(data));
