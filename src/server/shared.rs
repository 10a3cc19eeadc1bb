//! What every connection shares, and how one came in.

use std::net::SocketAddr;
use std::sync::Arc;

use bytes::Bytes;
use tokio::sync::{Semaphore, watch};

use super::origin::{self, Origin};
use super::timeouts::Timeouts;
use crate::control::Guard;
use crate::worlds::Worlds;

/// What every connection shares.
#[derive(Debug)]
pub struct Shared {
    pub worlds: Worlds,
    pub origin: Origin,
    pub diagnosis: bool,
    /// Whether there is a page for people.
    #[cfg(feature = "page")]
    pub page: bool,
    pub timeouts: Timeouts,
    /// The certificate authority that was minted for TLS, in PEM.
    pub authority: Option<String>,
    /// Who may steer.
    pub guard: Guard,
    /// Places for control calls.
    pub lane: Arc<Semaphore>,
    /// Tells everybody to stop.
    pub stop: watch::Sender<bool>,
}

/// How a connection came in.
#[derive(Debug)]
pub struct Arrival {
    /// The address that it reached.
    pub local: SocketAddr,
    /// What is answered there.
    pub surface: Surface,
    /// Whether by TLS.
    pub secure: bool,
    /// What the client showed, in DER.
    pub client_certificate: Option<Bytes>,
    /// What URIs in answers start with, once that is known.
    pub origin: origin::Known,
}

/// What is answered at a listener.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Surface {
    /// The emulated systems and the control API.
    Everything,
    /// The emulated systems only: the control API has listeners of its own.
    Systems,
    /// The control API only.
    Control,
}
