//! Has libFuzzer look for bytes that `frames::check` does not hold for.
#![no_main]

use www_websocket_fuzz::frames;

libfuzzer_sys::fuzz_target!(|data: &[u8]| frames::check(data));
