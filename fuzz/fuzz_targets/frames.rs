//! Runs `frames::check` with libFuzzer's inputs.
#![no_main]

use www_websocket_fuzz::frames;

libfuzzer_sys::fuzz_target!(|data: &[u8]| frames::check(data));
