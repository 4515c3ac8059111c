//! Runs `cookies::check` with libFuzzer's inputs.
#![no_main]

use www_websocket_fuzz::cookies;

libfuzzer_sys::fuzz_target!(|data: &[u8]| cookies::check(data));
