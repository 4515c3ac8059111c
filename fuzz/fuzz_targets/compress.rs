//! Has libFuzzer look for bytes that `compress::check` does not hold for.
#![no_main]

use www_websocket_fuzz::compress;

libfuzzer_sys::fuzz_target!(|data: &[u8]| compress::check(data));
