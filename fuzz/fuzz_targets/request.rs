//! Runs `request::check` with libFuzzer's inputs.
#![no_main]

use www_websocket_fuzz::request;

libfuzzer_sys::fuzz_target!(|data: &[u8]| request::check(data));
