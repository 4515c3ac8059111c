//! Runs `compress::check` with libFuzzer's inputs.
#![no_main]

use www_websocket_fuzz::compress;

libfuzzer_sys::fuzz_target!(|data: &[u8]| compress::check(data));
