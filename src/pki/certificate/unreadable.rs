//! Why the JDK would not read a certificate, in its own words as far as they were seen.

use std::fmt;

/// Where the JDK stops: at a block of the file, or at what the block holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// Nothing that begins like DER or PEM.
    EmptyInput,
    /// The same, where any number of certificates would do.
    NoData,
    /// The end of the file inside of a PEM block.
    IncompleteBlock,
    /// A line of five hyphens that is no `BEGIN` line.
    Header(String),
    /// What follows the base64 is no `END` line.
    Footer(String),
    /// The two lines name different things.
    LabelsDiffer {
        /// The line that begins the block.
        header: String,
        /// The line that ends it.
        footer: String,
    },
    /// What is between them is not base64.
    Base64(String),
    /// A block in DER or BER that ends too early or has no right length.
    Encoding(String),
    /// The same of what a block holds.
    Content(ContentFault),
    /// The block is not made as a certificate is.
    Structure(Structure),
    /// The public key is of a kind that the JDK knows, and wrong.
    Key(KeyFault),
}

/// What is wrong with an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ContentFault {
    /// Not even a tag and a length.
    TooShort,
    /// It says to be longer than it is.
    NotEnough,
    /// An indefinite length where JDK 17 does not follow it.
    Misplaced,
    /// Something else.
    Other(String),
}

/// What is wrong with the parts of a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Structure {
    /// It is not a sequence.
    NotASequence,
    /// It does not begin with the fields that are signed.
    SignedFields,
    /// More than three parts.
    Overrun(usize),
    /// An algorithm that is not an object identifier with its parameters.
    Algorithm,
    /// The algorithm inside is not the one outside.
    AlgorithmsDiffer,
    /// A bit string that is none.
    BitString,
    /// No version, or not one number.
    Version,
    /// No serial number.
    SerialNumber,
    /// Not a distinguished name.
    Name,
    /// An issuer without attributes.
    IssuerEmpty,
    /// A subject without attributes in version 1, which has no extension that could name it.
    SubjectEmptyInVersion1,
    /// A subject without attributes, and no extension that could name it.
    SubjectEmpty,
    /// A subject without attributes, named by an extension that is missing, empty or not critical.
    AlternativeName,
    /// Not two times.
    Validity,
    /// A time that is none.
    Time,
    /// An elliptic curve by its parameters instead of its name, or by a name that the JDK does not know.
    CurveUnnamed,
    /// Not a public key with its algorithm.
    SubjectKey,
    /// Version 1 has nothing after the public key.
    AfterVersion1,
    /// Version 2 has no extensions.
    ExtensionsOfVersion2,
    /// An extension is not made as one is.
    Extension,
    /// An extension is there twice.
    ExtensionTwice,
    /// An extension that is marked critical has a value that it cannot have.
    CriticalExtension,
}

/// What is wrong with a public key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyFault {
    /// Not the numbers of an RSA key.
    Rsa,
    /// A modulus of less than 512 bits.
    RsaTooShort,
    /// A modulus of more than 16384 bits.
    RsaTooLong,
    /// A large modulus with an exponent of more than 64 bits.
    ExponentTooLong,
    /// An exponent that is not below the modulus.
    ExponentAboveModulus,
    /// 1 or 2.
    ExponentTooSmall,
    /// Not the number of a DSA key.
    Dsa,
    /// An elliptic curve key that does not say its curve.
    CurveMissing,
    /// Not an uncompressed point of the curve's size.
    Point,
    /// Not as many bytes as its kind has.
    Length(usize),
}

impl Unreadable {
    /// The message of the `CertificateException`.
    pub fn java_message(&self) -> String {
        match self {
            Self::Structure(_) | Self::NoData => self.to_string(),
            Self::Key(_) => format!("java.io.IOException: {self}"),
            Self::Content(ContentFault::NotEnough) => format!("Unable to initialize, java.io.EOFException: {self}"),
            Self::Content(_) => format!("Unable to initialize, java.io.IOException: {self}"),
            _ => format!("Could not parse certificate: java.io.IOException: {self}"),
        }
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EmptyInput => f.write_str("Empty input"),
            Self::NoData => f.write_str("No certificate data found"),
            Self::IncompleteBlock => f.write_str("Incomplete data"),
            Self::Header(line) => write!(f, "Illegal header: {line}"),
            Self::Footer(line) => write!(f, "Illegal footer: {line}"),
            Self::LabelsDiffer { header, footer } => write!(f, "Header and footer do not match: {header} {footer}"),
            Self::Base64(what) => write!(f, "java.lang.IllegalArgumentException: {what}"),
            Self::Encoding(what) => f.write_str(what),
            Self::Content(what) => what.fmt(f),
            Self::Structure(what) => what.fmt(f),
            Self::Key(what) => write!(f, "subject key, java.security.InvalidKeyException: {what}"),
        }
    }
}

impl ContentFault {
    /// Why an element cannot be read off the beginning of some bytes; `error` tells it if it is nothing usual.
    pub(super) fn of(bytes: &[u8], error: &impl fmt::Display) -> Self {
        match bytes {
            [] | [_] => Self::TooShort,
            [_, length, ..] if *length <= 0x84 && *length != 0x80 => Self::NotEnough,
            _ => Self::Other(error.to_string()),
        }
    }
}

impl fmt::Display for ContentFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooShort => "Too short",
            Self::NotEnough => "not enough content",
            Self::Misplaced => "an indefinite length inside of a definite one",
            Self::Other(what) => what,
        })
    }
}

impl fmt::Display for Structure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Overrun(bytes) => return write!(f, "signed overrun, bytes = {bytes}"),
            Self::NotASequence => "invalid DER-encoded certificate data",
            Self::SignedFields => "signed fields invalid",
            Self::Algorithm => "algid parse error",
            Self::AlgorithmsDiffer => "Signature algorithm mismatch",
            Self::BitString => "invalid bit string",
            Self::Version => "X.509 version, bad format",
            Self::SerialNumber => "SerialNumber is not an integer",
            Self::Name => "X500 name, bad format",
            Self::IssuerEmpty => "Empty issuer DN not allowed in X509Certificates",
            Self::SubjectEmptyInVersion1 => "Empty subject DN not allowed in v1 certificate",
            Self::SubjectEmpty => "X.509 Certificate is incomplete: subject field is empty",
            Self::AlternativeName => {
                "X.509 Certificate is incomplete: SubjectAlternativeName extension MUST be marked critical when \
                 subject field is empty"
            }
            Self::Validity => "java.io.IOException: Invalid encoding for CertificateValidity",
            Self::Time => "java.io.IOException: Parse UTC time, invalid format",
            Self::CurveUnnamed => "java.io.IOException: Only named ECParameters supported",
            Self::SubjectKey => "corrupt subject key",
            Self::AfterVersion1 => "no more data allowed for version 1 certificate",
            Self::ExtensionsOfVersion2 => "Extensions not allowed in v2 certificate",
            Self::Extension => "an extension is not made as one is",
            Self::ExtensionTwice => "java.io.IOException: Duplicate extensions not allowed",
            Self::CriticalExtension => "the value of a critical extension is not valid",
        })
    }
}

impl fmt::Display for KeyFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Length(bytes) => return write!(f, "key length must be {bytes}"),
            Self::Rsa => "Invalid RSA public key",
            Self::RsaTooShort => "RSA keys must be at least 512 bits long",
            Self::RsaTooLong => "RSA keys must be no longer than 16384 bits",
            Self::ExponentTooLong => {
                "RSA exponents can be no longer than 64 bits  if modulus is greater than 3072 bits"
            }
            Self::ExponentAboveModulus => "exponent is larger than modulus",
            Self::ExponentTooSmall => "exponent is smaller than 3",
            Self::Dsa => "Invalid DSA public key",
            Self::CurveMissing => "EC domain parameters must be encoded in the algorithm identifier",
            Self::Point => "Invalid EC key",
        })
    }
}
