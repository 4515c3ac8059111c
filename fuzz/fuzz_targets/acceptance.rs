//! Runs `acceptance::check` with libFuzzer's inputs.
#![no_main]

use www_websocket_fuzz::acceptance;

libfuzzer_sys::fuzz_target!(|data: &[u8]| acceptance::check(data));
