//! PEM text; blocks that are read are written and read again, certificates and private keys are tried.

#![no_main]

use certmimic::pki::{PrivateKey, certificate_factory, pem};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = certificate_factory::certificate(bytes);
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let _ = PrivateKey::from_pem(text, Some("changeit"));
    for block in pem::blocks(text).unwrap_or_default() {
        let again = pem::blocks(&pem::encode(&block.label, &block.bytes)).expect("what is written is PEM");
        assert_eq!(again.first().map(|again| &again.bytes), Some(&block.bytes));
    }
});
