//! JWKs and sets of them; what is read is written and read again.

#![no_main]

use certmimic::pki::jwk::{parse, set};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(keys) = parse(text) else { return };
    assert_eq!(parse(&set(&keys).to_string()).as_ref(), Ok(&keys));
    for key in keys {
        let _ = (key.material.thumbprint(), key.material.public_key(), key.material.private_key());
    }
});
