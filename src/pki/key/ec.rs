//! Arithmetic on the curves that are implemented: the NIST prime curves and secp256k1. Of all others only names and
//! sizes are known.

use ecdsa::elliptic_curve::{NonZeroScalar, SecretKey};
use ecdsa::hazmat::{sign_prehashed_rfc6979, verify_prehashed};
use ecdsa::{Signature, VerifyingKey};
use sha2::digest::Digest;
use sha2::digest::block_api::BlockSizeUser;

use super::super::Error;
use super::curve::Curve;

/// Runs `$body` with `$C` standing for the curve's type.
macro_rules! with_curve {
    ($curve:expr, $C:ident => $body:expr) => {
        match $curve.name {
            "secp192r1" => with_curve!(@ p192::NistP192, $C => $body),
            "secp224r1" => with_curve!(@ p224::NistP224, $C => $body),
            "secp256r1" => with_curve!(@ p256::NistP256, $C => $body),
            "secp384r1" => with_curve!(@ p384::NistP384, $C => $body),
            "secp521r1" => with_curve!(@ p521::NistP521, $C => $body),
            "secp256k1" => with_curve!(@ k256::Secp256k1, $C => $body),
            name => Err(Error::Unsupported(format!("the elliptic curve {name}"))),
        }
    };
    (@ $type:ty, $C:ident => $body:expr) => {{
        type $C = $type;
        $body
    }};
}

/// The uncompressed point of a secret number.
pub(in super::super) fn public_point(curve: &Curve, scalar: &[u8]) -> Result<Vec<u8>, Error> {
    with_curve!(curve, C => {
        let secret = SecretKey::<C>::from_slice(&padded(curve, scalar)?).map_err(|_| not_on_curve())?;
        let public = VerifyingKey::<C>::from(secret.public_key());
        Ok(public.to_sec1_point(false).as_bytes().to_vec())
    })
}

/// Signs a digest made with `D`, by RFC 6979; the signature in DER.
pub(in super::super) fn sign<D: Digest + BlockSizeUser>(
    curve: &Curve,
    scalar: &[u8],
    digest: &[u8],
) -> Result<Vec<u8>, Error> {
    with_curve!(curve, C => {
        let secret = SecretKey::<C>::from_slice(&padded(curve, scalar)?).map_err(|_| not_on_curve())?;
        let scalar: NonZeroScalar<C> = secret.to_nonzero_scalar();
        let (signature, _) = sign_prehashed_rfc6979::<C, D>(&scalar, digest, &[]);
        Ok(signature.to_der().as_bytes().to_vec())
    })
}

/// Checks a signature over a digest. The lower of its two equivalent forms is taken, since secp256k1 here knows no other.
pub(in super::super) fn verify(curve: &Curve, point: &[u8], digest: &[u8], signature: &[u8]) -> Result<(), Error> {
    with_curve!(curve, C => {
        let key = VerifyingKey::<C>::from_sec1_bytes(point).map_err(|_| not_on_curve())?;
        let signature = Signature::<C>::from_der(signature).map_err(|_| Error::BadSignature)?.normalize_s();
        verify_prehashed::<C>(&(*key.as_affine()).into(), digest, &signature).map_err(|_| Error::BadSignature)
    })
}

/// Checks that a point is one of its curve.
pub(in super::super) fn check_point(curve: &Curve, point: &[u8]) -> Result<(), Error> {
    with_curve!(curve, C => VerifyingKey::<C>::from_sec1_bytes(point).map(|_| ()).map_err(|_| not_on_curve()))
}

/// Turns random bytes into the secret number of a key, if they are one.
pub(in super::super) fn is_scalar(curve: &Curve, bytes: &[u8]) -> Result<bool, Error> {
    with_curve!(curve, C => Ok(SecretKey::<C>::from_slice(bytes).is_ok()))
}

/// A secret number in as many bytes as the field has: OpenSSL drops leading zeros at times.
fn padded(curve: &Curve, scalar: &[u8]) -> Result<Vec<u8>, Error> {
    let length = usize::try_from(curve.bits.div_ceil(8)).unwrap_or_default();
    let digits = super::asn1::magnitude(scalar);
    let zeros = length.checked_sub(digits.len()).ok_or_else(not_on_curve)?;
    Ok([&vec![0; zeros], digits].concat())
}

fn not_on_curve() -> Error {
    Error::Malformed("the key does not belong to its elliptic curve".to_owned())
}
