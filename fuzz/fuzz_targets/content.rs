//! Runs `content::check` with libFuzzer's inputs.
#![no_main]

use www_websocket_fuzz::content;

libfuzzer_sys::fuzz_target!(|data: &[u8]| content::check(data));
