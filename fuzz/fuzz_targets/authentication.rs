//! Has libFuzzer look for bytes that `authentication::check` does not hold for.
#![no_main]

use www_websocket_fuzz::authentication;

libfuzzer_sys::fuzz_target!(|data: &[u8]| authentication::check(data));
