//! Distinguished names (X.501), and the three ways in which Java prints them.

/// A name: relative distinguished names in encoded order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DistinguishedName {
    der: std::sync::Arc<[u8]>,
}

impl DistinguishedName {
    /// Its DER bytes.
    pub fn der(&self) -> &[u8] {
        &self.der
    }
    /// Most specific first, `CN=b, O="VeriSign, Inc.", C=DE`: the form of `sun.security.x509.X500Name.toString()`.
    pub fn java_text(&self) -> &std::sync::Arc<str> {
        todo!()
    }
    /// RFC 2253, as `X500Principal.getName()` prints it.
    pub fn rfc2253_text(&self) -> String {
        todo!()
    }
    /// A name from attributes in encoded order, each a short name (`CN`, `OU`, `EMAILADDRESS`, …) or a dotted OID, with
    /// its value. Country is a PrintableString, e-mail an IA5String, all else UTF8String, as OpenSSL and Java encode them.
    pub fn from_attributes(_attributes: &[(&str, &str)]) -> Result<Self, super::Error> {
        todo!()
    }
    /// Value of the first attribute with this short name (`CN`), most specific first.
    pub fn attribute(&self, _short_name: &str) -> Option<String> {
        todo!()
    }
}
