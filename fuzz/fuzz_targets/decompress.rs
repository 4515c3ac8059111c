//! Runs `decompress::check` with libFuzzer's inputs.
#![no_main]

use www_websocket_fuzz::decompress;

libfuzzer_sys::fuzz_target!(|data: &[u8]| decompress::check(data));
