//! Runs `extensions::check` with libFuzzer's inputs.
#![no_main]

use www_websocket_fuzz::extensions;

libfuzzer_sys::fuzz_target!(|data: &[u8]| extensions::check(data));
