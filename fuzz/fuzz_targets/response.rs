//! Runs `response::check` with libFuzzer's inputs.
#![no_main]

use www_websocket_fuzz::response;

libfuzzer_sys::fuzz_target!(|data: &[u8]| response::check(data));
