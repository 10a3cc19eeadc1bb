//! Bounds of the emulated systems, of keys and certificates, and of what is asked of a tenant.

use super::{Bytes, Count, Part, Time, Words, row};

const FILE_REFUSED: &str = "the file is refused as one that is not supported, before any work";
const CUT: &str = "the rest is cut off, as documented";
const INSIDE: &str = "none: nobody meets it";

pub(super) const PARTS: &[Part] = &[
    Part {
        title: "Limits that the systems have",
        rows: &[
            row(
                "API Management: a virtual host's alias, in characters",
                Count("apis/sap_api_management/state/requests.rs", "LONGEST_ALIAS"),
                "",
                "400 `alias_too_long`",
            ),
            row(
                "Cloud Integration: a keystore",
                Words("6 MiB, 2 MiB or 1 MiB"),
                "`limits`, `keystore-max-bytes`",
                "413 `keystore_full`",
            ),
            row(
                "Cloud Integration: a keystore file to import",
                Words("2 MiB or 1 MiB"),
                "`limits`",
                "413 `body_too_large`",
            ),
            row(
                "Cloud Integration: a certificate to import",
                Bytes("apis/sap_cloud_integration/sets/certificate_resources.rs", "BODY_LIMIT"),
                "",
                "413 `body_too_large`",
            ),
            row(
                "Cloud Integration: a key pair, or a chain, to import",
                Bytes("apis/sap_cloud_integration/sets/key_pair_resources.rs", "RESOURCE_LIMIT"),
                "",
                "413 `body_too_large`",
            ),
            row(
                "Cloud Integration: an RSA file",
                Bytes("apis/sap_cloud_integration/sets/rsa_key_generation_requests.rs", "FILE_LIMIT"),
                "",
                "400 `rsa_file_too_large`",
            ),
            row(
                "Cloud Integration: the certificate of a user mapping",
                Bytes("apis/sap_cloud_integration/sets/certificate_user_mappings.rs", "CERTIFICATE_LIMIT"),
                "",
                "400 `odata_body_value_invalid`",
            ),
            row(
                "Cloud Integration: an alias, in characters",
                Count("apis/sap_cloud_integration/alias.rs", "LONGEST"),
                "",
                "400 `alias_too_long`",
            ),
            row(
                "Cloud Integration: a password, in characters",
                Count("apis/sap_cloud_integration/state/user_credential.rs", "LONGEST_PASSWORD"),
                "",
                "500 `password_too_long`",
            ),
            row(
                "Cloud Integration: custom parameters of a credential",
                Count("apis/sap_cloud_integration/state/oauth2_client_credential.rs", "MOST_PARAMETERS"),
                "",
                "400 `custom_parameters_too_many`",
            ),
            row(
                "Cloud Integration: a secure parameter's name, in characters",
                Count("apis/sap_cloud_integration/state/secure_parameter.rs", "LONGEST_NAME"),
                "",
                "400 `property_too_long`",
            ),
            row(
                "Cloud Integration: its description, in characters",
                Count("apis/sap_cloud_integration/state/secure_parameter.rs", "LONGEST_DESCRIPTION"),
                "",
                "400 `property_too_long`",
            ),
            row(
                "Cloud Integration: its value, in characters",
                Words("4,096 or 255"),
                "`limits`",
                "400 `property_too_long`",
            ),
            row(
                "Cloud Integration: the name or description of an access policy, in characters",
                Count("apis/sap_cloud_integration/state/access_policy.rs", "LONGEST_TEXT"),
                "",
                CUT,
            ),
            row(
                "Cloud Integration: the name of an artifact reference, in characters",
                Count("apis/sap_cloud_integration/state/artifact_reference.rs", "LONGEST_NAME"),
                "",
                CUT,
            ),
            row(
                "Cloud Integration: its description, in characters",
                Count("apis/sap_cloud_integration/state/artifact_reference.rs", "LONGEST_DESCRIPTION"),
                "",
                CUT,
            ),
            row(
                "Cloud Integration: the value of its condition, in characters",
                Count("apis/sap_cloud_integration/state/artifact_reference.rs", "LONGEST_CONDITION"),
                "",
                CUT,
            ),
        ],
    },
    Part {
        title: "Keys, certificates and their files",
        rows: &[
            row(
                "an RSA modulus or DSA prime, in bits",
                Count("pki/key/mod.rs", "LARGEST"),
                "",
                "the key is not worked with, as in the JDK",
            ),
            row(
                "an RSA exponent of a modulus over 3,072 bits, in bits",
                Count("pki/certificate/public_key.rs", "LONGEST_EXPONENT"),
                "",
                "the certificate is refused, as by the JDK",
            ),
            row(
                "iterations of one password hash of PKCS#12, JKS or JCEKS",
                Count("pki/pbe/mod.rs", "LARGEST"),
                "",
                FILE_REFUSED,
            ),
            row(
                "iterations of all password hashes of such a file",
                Count("pki/pbe/mod.rs", "MOST_WORK"),
                "",
                FILE_REFUSED,
            ),
            row(
                "rounds of the hash of an encrypted private key in PKCS#8",
                Count("pki/key/ciphered.rs", "MOST_ROUNDS"),
                "",
                FILE_REFUSED,
            ),
            row("memory of scrypt for such a key", Bytes("pki/key/ciphered.rs", "MOST_MEMORY"), "", FILE_REFUSED),
            row("rounds of bcrypt for a key of OpenSSH", Count("pki/ssh.rs", "MOST_BCRYPT_ROUNDS"), "", FILE_REFUSED),
            row(
                "memory of Argon2 for a key of PuTTY, in KiB",
                Count("pki/ssh.rs", "MOST_ARGON2_KIBIBYTES"),
                "",
                FILE_REFUSED,
            ),
            row("that memory times the passes", Count("pki/ssh.rs", "MOST_ARGON2_WORK"), "", FILE_REFUSED),
            row(
                "certificates of a chain that is put together",
                Count("pki/chain.rs", "LONGEST"),
                "",
                "the chain ends there",
            ),
            row(
                "signatures that are verified for one question",
                Count("pki/chain.rs", "MOST_SIGNATURES"),
                "",
                "the issuer is not found",
            ),
            row(
                "certificates that one question about trust considers",
                Count("apis/sap_cloud_integration/state/trust.rs", "MOST"),
                "",
                "409 `not_trusted`",
            ),
            row(
                "depth of ASN.1 of unknown length",
                Count("pki/ber.rs", "DEEPEST"),
                "",
                "the file is refused as malformed",
            ),
            row(
                "the same, of a certificate",
                Count("pki/certificate/blocks.rs", "DEEPEST"),
                "",
                "the file is refused as malformed",
            ),
            row(
                "depth of objects in a secret key of JCEKS",
                Count("pki/jks/serialization.rs", "DEEPEST"),
                "",
                "the file is refused as malformed",
            ),
        ],
    },
    Part {
        title: "Reading a tenant",
        rows: &[
            row("one answer", Bytes("tenant/https.rs", "MOST"), "", "`capture` ends and says so"),
            row("pages of one list", Count("tenant/odata.rs", "MOST_PAGES"), "", "`capture` ends and says so"),
            row(
                "what a tenant may ask to wait between two tries",
                Time("tenant/pace.rs", "LONGEST"),
                "",
                "`capture` ends and says so",
            ),
            row(
                "things of a kind that `compare` reads for one operation",
                Count("tenant/compare/reads.rs", "MOST"),
                "",
                "one of each kind is read before others are",
            ),
            row(
                "differences of one fact that `compare` tells",
                Count("tenant/compare/difference.rs", "MOST"),
                "",
                "the first are told",
            ),
            row(
                "a text in a file of what `compare` has seen, in characters",
                Count("tenant/compare/redacted.rs", "LONGEST"),
                "",
                "the rest is left out",
            ),
            row(
                "a text of the scenario that may name a thing, in bytes",
                Count("tenant/compare/redacted.rs", "LONGEST_NAME"),
                "",
                "it is taken for a certificate or the like",
            ),
            row(
                "a value in a difference, in characters",
                Count("tenant/compare/difference.rs", "LONGEST"),
                "",
                "the rest is left out",
            ),
        ],
    },
    Part {
        title: "Within certmimic",
        rows: &[
            row(
                "beginning of a word that is compared with known ones, in characters",
                Count("contract/spelling.rs", "LONGEST"),
                "",
                INSIDE,
            ),
            row(
                "start tag that is searched for secrets when a broken body is shown",
                Bytes("control/masking/text.rs", "LONGEST_TAG"),
                "",
                "the element is taken for one without a secret's value",
            ),
        ],
    },
];
