//! Has libFuzzer look for bytes that `extensions::check` does not hold for.
#![no_main]

use www_websocket_fuzz::extensions;

libfuzzer_sys::fuzz_target!(|data: &[u8]| extensions::check(data));
