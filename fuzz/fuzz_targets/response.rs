//! Has libFuzzer look for bytes that `response::check` does not hold for.
#![no_main]

use www_websocket_fuzz::response;

libfuzzer_sys::fuzz_target!(|data: &[u8]| response::check(data));
