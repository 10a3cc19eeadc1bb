//! Readers of formats: no bytes make them panic, and what is read is written and read again as the same.

use certmimic::http::Form;
use certmimic::pki::{Error, PrivateKey, certificate_factory, pem as pem_text, ssh as ssh_keys};
use certmimic::rest::archive;
use certmimic::scenario::{Form as Format, Source, export, load, write};

/// JKS and JCEKS.
pub fn jks(bytes: &[u8]) {
    use certmimic::pki::jks::{Format, read, write};
    let _ = read(bytes, Some("changeit"));
    let Ok(entries) = read(bytes, None) else { return };
    for format in [Format::Jks, Format::Jceks] {
        // An alias can become too long when it is made lower case.
        let Ok(written) = write(format, &entries, None) else { continue };
        assert!(read(&written, None).is_ok());
    }
}

/// JWKs and sets of them.
pub fn jwk(text: &str) {
    use certmimic::pki::jwk::{parse, set};
    let Ok(keys) = parse(text) else { return };
    assert_eq!(parse(&set(&keys).to_string()).as_ref(), Ok(&keys));
    for key in keys {
        let _ = (key.material.thumbprint(), key.material.public_key(), key.material.private_key());
    }
}

/// Forms with the boundary `b`.
pub fn multipart(bytes: &[u8]) {
    let limits = certmimic::http::multipart::Limits { parts: 20, part_bytes: 1000 };
    if let Ok(form) = Form::parse("multipart/form-data; boundary=b", &bytes.to_vec().into(), limits) {
        assert!(form.parts.len() <= 20 && form.parts.iter().all(|part| part.bytes.len() <= 1000));
    }
}

/// PEM text; certificates and private keys are tried, too.
pub fn pem(bytes: &[u8]) {
    let _ = certificate_factory::certificate(bytes);
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let _ = PrivateKey::from_pem(text, Some("changeit"));
    for block in pem_text::blocks(text).unwrap_or_default() {
        let again = pem_text::blocks(&pem_text::encode(&block.label, &block.bytes)).expect("what is written is PEM");
        assert_eq!(again.first().map(|again| &again.bytes), Some(&block.bytes));
    }
}

/// PKCS#12, with the password `changeit`.
pub fn pkcs12(bytes: &[u8]) {
    use certmimic::pki::pkcs12::{detect, read};
    let _ = read(bytes, None);
    if read(bytes, Some("changeit")).is_ok() {
        assert!(detect(bytes));
    }
}

/// PKCS#7, PkiPath and all their textual forms.
pub fn pkcs7(bytes: &[u8]) {
    use certmimic::pki::bundle::certificates;
    use certmimic::pki::pkcs7::encode;
    if let Ok(found) = certificates(bytes) {
        assert_eq!(certificates(&encode(&found)).as_ref(), Ok(&found));
    }
}

/// PKCS#8, PKCS#1 and SEC 1.
pub fn pkcs8(bytes: &[u8]) {
    for read in
        [PrivateKey::from_pkcs8, PrivateKey::from_pkcs1, PrivateKey::from_sec1, PrivateKey::from_traditional_dsa]
    {
        let Ok(key) = read(bytes) else { continue };
        let again = PrivateKey::from_pkcs8(key.pkcs8()).expect("what is written is PKCS#8");
        assert_eq!(again.public_key().spki(), key.public_key().spki());
    }
}

/// Scenarios that come over the network.
pub fn scenario(text: &str) {
    let Ok(first) = load(&[Source::Sent { text: text.to_owned() }]) else { return };
    let written = write(&export(&first), Format::Yaml).expect("what loads can be exported");
    let again =
        load(&[Source::Sent { text: written.clone() }]).unwrap_or_else(|flaws| panic!("{}\n{written}", flaws[0]));
    assert_eq!(write(&export(&again), Format::Yaml).as_ref(), Ok(&written));
}

/// Private keys of OpenSSH and PuTTY.
pub fn ssh(bytes: &[u8]) {
    if let Ok(key) = ssh_keys::private_key(bytes, Some("changeit")) {
        let line = ssh_keys::public_line(key.public_key(), "fuzz");
        assert!(matches!(line, Ok(_) | Err(Error::Unsupported(_))));
    }
}

/// ZIP archives.
pub fn zip(bytes: &[u8]) {
    let Ok(mut files) = archive::read(bytes) else { return };
    archive::name_apart(&mut files);
    let written = archive::write(&files).expect("files whose names differ can be packed");
    assert_eq!(archive::read(&written).as_ref(), Ok(&files));
}
