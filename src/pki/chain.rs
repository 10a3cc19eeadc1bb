//! Chains: putting certificates in order, and whether one leads to a trusted root.

use std::sync::Arc;

use super::Certificate;

/// Orders certificates from `leaf` to its root, taking issuers from `pool`; each link's signature is verified.
/// Stops where no issuer is found. Bounded against loops.
pub fn build_chain(_leaf: &Arc<Certificate>, _pool: &[Arc<Certificate>]) -> Vec<Arc<Certificate>> {
    todo!()
}

/// True if verified issuer links lead from `certificate` to a self-signed one among `anchors`, through `anchors` and
/// `intermediates`; or if the very same certificate is among `anchors`.
pub fn is_trusted(
    _certificate: &Arc<Certificate>,
    _intermediates: &[Arc<Certificate>],
    _anchors: &[Arc<Certificate>],
) -> bool {
    todo!()
}
