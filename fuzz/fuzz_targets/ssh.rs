//! Private keys of OpenSSH and PuTTY; a key that is read has a public line, or none is defined.

#![no_main]

use certmimic::pki::{Error, ssh};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(key) = ssh::private_key(bytes, Some("changeit")) {
        let line = ssh::public_line(key.public_key(), "fuzz");
        assert!(matches!(line, Ok(_) | Err(Error::Unsupported(_))));
    }
});
