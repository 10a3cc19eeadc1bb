//! Chains: putting certificates in order, and whether one leads to a trusted root.
//!
//! Names are compared before any signature is verified, and how many are verified is bounded, so that neither many
//! anchors nor certificates that issue each other take long.

use std::sync::Arc;

use super::Certificate;

/// More links than any real chain has.
const LONGEST: usize = 32;
/// Signatures verified for one question; real ones need a handful.
const MOST_SIGNATURES: usize = 256;

/// Orders certificates from `leaf` to its root, taking issuers from `pool`; each link's signature is verified.
/// Stops where no issuer is found. Bounded against loops.
pub fn build_chain(leaf: &Arc<Certificate>, pool: &[Arc<Certificate>]) -> Vec<Arc<Certificate>> {
    let mut chain = vec![Arc::clone(leaf)];
    let mut signatures = MOST_SIGNATURES;
    while let Some(last) = chain.last() {
        if chain.len() == LONGEST || last.is_self_signed() {
            break;
        }
        let unused = pool.iter().filter(|candidate| !chain.contains(candidate));
        let Some(issuer) = issuers(last, unused, &mut signatures).first().map(|&issuer| Arc::clone(issuer)) else {
            break;
        };
        chain.push(issuer);
    }
    chain
}

/// True if verified issuer links lead from `certificate` to a self-signed one among `anchors`, through `anchors` and
/// `intermediates`; or if the very same certificate is among `anchors`.
pub fn is_trusted(
    certificate: &Arc<Certificate>,
    intermediates: &[Arc<Certificate>],
    anchors: &[Arc<Certificate>],
) -> bool {
    if anchors.contains(certificate) {
        return true;
    }
    let mut signatures = MOST_SIGNATURES;
    let mut reached = vec![certificate];
    let mut next = 0;
    while let Some(current) = reached.get(next).copied() {
        next += 1;
        for issuer in issuers(current, anchors.iter().chain(intermediates), &mut signatures) {
            if issuer.is_self_signed() && anchors.contains(issuer) {
                return true;
            }
            if !reached.contains(&issuer) {
                reached.push(issuer);
            }
        }
    }
    false
}

/// Those candidates that issued a certificate, verified while the budget of signatures lasts.
fn issuers<'a>(
    certificate: &Certificate,
    candidates: impl Iterator<Item = &'a Arc<Certificate>>,
    signatures: &mut usize,
) -> Vec<&'a Arc<Certificate>> {
    let issued = |candidate: &&Arc<Certificate>| {
        if !certificate.issuer().same_name(candidate.subject()) || *signatures == 0 {
            return false;
        }
        *signatures -= 1;
        certificate.verify_issued_by(candidate).is_ok()
    };
    candidates.filter(issued).collect()
}
