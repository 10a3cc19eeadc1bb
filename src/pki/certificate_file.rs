//! Certificates in the files that people keep, more leniently than any emulated system reads an upload: for scenarios and
//! the server's own identity.

use std::sync::Arc;

use super::certificate::Certificate;
use super::error::Error;
use super::{asn1, pem};

/// One certificate in DER, in PEM (the first block), or as base64 of the DER without a frame; white space is allowed.
pub fn certificate(file: &[u8]) -> Result<Arc<Certificate>, Error> {
    let certificates = certificates(file)?;
    certificates.into_iter().next().ok_or_else(|| Error::Malformed("there is no certificate in it".to_owned()))
}

/// All certificates of a PEM text, whatever else is in it, or the one of a DER file.
pub fn certificates(file: &[u8]) -> Result<Vec<Arc<Certificate>>, Error> {
    if file.first() == Some(&asn1::SEQUENCE) && !file.is_ascii() {
        return Ok(vec![Certificate::from_der(file)?]);
    }
    let text = std::str::from_utf8(file).map_err(|_| Error::Malformed("it is neither DER nor text".to_owned()))?;
    let text = text.trim_start_matches('\u{FEFF}');
    if !text.contains("-----BEGIN ") {
        return Ok(vec![Certificate::from_der(&pem::decode(text)?)?]);
    }
    let certificates = pem::blocks(text)?.into_iter().filter(|block| is_certificate(&block.label));
    certificates.map(|block| Certificate::from_der(&block.bytes)).collect()
}

fn is_certificate(label: &str) -> bool {
    matches!(label, "CERTIFICATE" | "X509 CERTIFICATE" | "TRUSTED CERTIFICATE")
}

#[cfg(test)]
mod tests {
    use super::*;

    const DER: &[u8] = include_bytes!("../../fixtures/server/smtp.der");
    const PEM: &str = include_str!("../../fixtures/server/smtp.pem");

    #[test]
    fn a_certificate_in_each_of_its_forms() {
        let base64 = PEM.replace("-----BEGIN CERTIFICATE-----", "").replace("-----END CERTIFICATE-----", "");
        let one_line = base64.replace('\n', "");
        let forms = [
            PEM.to_owned(),
            PEM.replace('\n', "\r\n"),
            PEM.replace('\n', " "),
            format!("subject=x\n\n{PEM}trailing"),
            format!("\u{FEFF}{PEM}"),
            format!("{}{PEM}", include_str!("../../fixtures/keys/rsa.pem")),
            base64,
            one_line.trim_end_matches('=').to_owned(),
            one_line,
        ];
        for form in &forms {
            assert_eq!(&**certificate(form.as_bytes()).unwrap().der(), DER, "{form}");
        }
        assert_eq!(&**certificate(DER).unwrap().der(), DER);
    }

    #[test]
    fn a_chain_comes_in_its_order() {
        let chain = certificates(include_bytes!("../../fixtures/server/chain.pem")).unwrap();
        let names: Vec<_> = chain.iter().filter_map(|link| link.subject().attribute("CN")).collect();
        assert_eq!(names, ["api.partner.example", "Example Test Issuing CA", "Example Test Root CA"]);
    }

    #[test]
    fn what_is_no_certificate_is_refused() {
        let open = PEM.replace("-----END", "");
        let key = include_str!("../../fixtures/keys/rsa.pem");
        for bytes in [b"hello".as_slice(), b"", b"0", &DER[..100], open.as_bytes(), key.as_bytes(), &[0xFF, 0xFE]] {
            assert!(certificate(bytes).is_err());
        }
        assert!(certificate(&[DER, b"x"].concat()).is_err(), "bytes after the end");
    }
}
