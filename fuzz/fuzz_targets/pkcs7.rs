//! PKCS#7, PkiPath and all their textual forms; what is read is written and read again.

#![no_main]

use certmimic::pki::bundle::certificates;
use certmimic::pki::pkcs7::encode;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(found) = certificates(bytes) {
        assert_eq!(certificates(&encode(&found)).as_ref(), Ok(&found));
    }
});
