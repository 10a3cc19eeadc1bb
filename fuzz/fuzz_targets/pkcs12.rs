//! PKCS#12, with the password `changeit`.

#![no_main]

use certmimic::pki::pkcs12::{detect, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = read(bytes, None);
    if read(bytes, Some("changeit")).is_ok() {
        assert!(detect(bytes));
    }
});
