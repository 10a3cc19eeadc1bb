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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use rand_core::SeedableRng;

    use super::*;
    use crate::pki::generate::{KeySpec, Template, issued, private_key, self_signed};
    use crate::pki::{DistinguishedName, SignatureAlgorithm, certificate_file};

    fn fixtures() -> [Arc<Certificate>; 3] {
        certificate_file::certificates(include_bytes!("../../fixtures/server/chain.pem")).unwrap().try_into().unwrap()
    }

    #[test]
    fn a_chain_is_put_in_order() {
        let [leaf, intermediate, root] = fixtures();
        let pool = [Arc::clone(&root), Arc::clone(&leaf), Arc::clone(&intermediate)];
        assert_eq!(build_chain(&leaf, &pool), [Arc::clone(&leaf), intermediate, Arc::clone(&root)]);
        assert_eq!(build_chain(&leaf, &[Arc::clone(&root)]), [leaf]);
        assert_eq!(build_chain(&root, &pool), [root]);
    }

    #[test]
    fn trust_needs_every_link_and_a_root_among_the_anchors() {
        let [leaf, intermediate, root] = fixtures();
        let (of_intermediate, of_root) = ([Arc::clone(&intermediate)], [Arc::clone(&root)]);
        assert!(is_trusted(&leaf, &of_intermediate, &of_root));
        assert!(is_trusted(&leaf, &[], &[intermediate, Arc::clone(&root)]));
        assert!(is_trusted(&leaf, &[], &[Arc::clone(&leaf)]));
        assert!(!is_trusted(&leaf, &[], &of_root));
        assert!(!is_trusted(&leaf, &[], &of_intermediate), "an intermediate is no root");
        assert!(!is_trusted(&leaf, &[of_intermediate, of_root].concat(), &[]), "a root must be an anchor");
    }

    #[test]
    fn a_root_of_the_same_name_with_another_key_is_no_issuer() {
        let mut rng = rand_chacha::ChaCha20Rng::seed_from_u64(1);
        let keys = [(); 3].map(|()| private_key(KeySpec::Ed25519, false, &mut rng).unwrap());
        let ed25519 = SignatureAlgorithm::from_java_name("Ed25519").unwrap();
        let template = |name: &str| Template {
            subject: DistinguishedName::from_attributes(&[("CN", name)]).unwrap(),
            serial: vec![1],
            not_before: 0,
            not_after: 1,
            ca: true,
            alternative_names: Vec::new(),
            extended_key_usage: Vec::new(),
            comment: "",
        };
        let [right, wrong] = [&keys[0], &keys[1]].map(|key| self_signed(&template("Root"), key, &ed25519).unwrap());
        let leaf = issued(&template("leaf"), keys[2].public_key(), &right, &keys[0], &ed25519).unwrap();
        assert!(is_trusted(&leaf, &[], &[Arc::clone(&wrong), Arc::clone(&right)]));
        assert!(!is_trusted(&leaf, &[], &[Arc::clone(&wrong)]));
        assert_eq!(build_chain(&leaf, &[wrong, Arc::clone(&right)]), [leaf, right]);
    }

    /// Two authorities that issued each other, and ten thousand anchors of another name.
    #[test]
    #[expect(clippy::disallowed_methods, reason = "a test of how long it takes")]
    fn loops_end_and_other_names_cost_nothing() {
        let mut rng = rand_chacha::ChaCha20Rng::seed_from_u64(2);
        let ed25519 = SignatureAlgorithm::from_java_name("Ed25519").unwrap();
        let keys = [(); 2].map(|()| private_key(KeySpec::Ed25519, false, &mut rng).unwrap());
        let template = |name: &str| Template {
            subject: DistinguishedName::from_attributes(&[("CN", name)]).unwrap(),
            serial: vec![1],
            not_before: 0,
            not_after: 1,
            ca: true,
            alternative_names: Vec::new(),
            extended_key_usage: Vec::new(),
            comment: "",
        };
        let [one, two] = [("one", &keys[0]), ("two", &keys[1])]
            .map(|(name, key)| self_signed(&template(name), key, &ed25519).unwrap());
        let crossed = [
            issued(&template("one"), keys[0].public_key(), &two, &keys[1], &ed25519).unwrap(),
            issued(&template("two"), keys[1].public_key(), &one, &keys[0], &ed25519).unwrap(),
        ];
        assert_eq!(build_chain(&crossed[0], &crossed), crossed);
        let [.., root] = fixtures();
        let anchors = vec![root; 10_000];
        let start = std::time::Instant::now();
        assert!(!is_trusted(&crossed[0], &crossed, &anchors));
        assert!(start.elapsed() < Duration::from_secs(1));
    }
}
