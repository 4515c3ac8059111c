//! Has libFuzzer look for bytes that `url::check` does not hold for.
#![no_main]

use www_websocket_fuzz::url;

libfuzzer_sys::fuzz_target!(|data: &[u8]| url::check(data));
