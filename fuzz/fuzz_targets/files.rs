//! Runs `files::check` with libFuzzer's inputs.
#![no_main]

use www_websocket_fuzz::files;

libfuzzer_sys::fuzz_target!(|data: &[u8]| files::check(data));
