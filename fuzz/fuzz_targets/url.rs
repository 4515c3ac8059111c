//! Runs `url::check` with libFuzzer's inputs.
#![no_main]

use www_websocket_fuzz::url;

libfuzzer_sys::fuzz_target!(|data: &[u8]| url::check(data));
