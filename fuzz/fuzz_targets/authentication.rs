//! Runs `authentication::check` with libFuzzer's inputs.
#![no_main]

use www_websocket_fuzz::authentication;

libfuzzer_sys::fuzz_target!(|data: &[u8]| authentication::check(data));
