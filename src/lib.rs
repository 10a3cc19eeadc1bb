//! certmimic stands in, in tests, for the certificate and keystore management APIs of SAP API Management, SAP Cloud
//! Integration and Apinizer.
//!
//! In a Rust test it is started in the process, and each test gets a [`World`] of its own:
//!
//! ```
//! use certmimic::{Expectation, Server};
//!
//! let server = Server::builder().scenario("quickstart").start_blocking()?;
//! let world = server.world("rotation")?;
//! // … the code under test talks to format!("{}/api/v1/KeystoreEntries", world.url()) …
//! world.verify(&Expectation::operation("ci.entry.delete").never())?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! What is listed here is what a user needs, and what versions promise. Everything else is internal: it is public for this
//! project's own tests, benchmarks and fuzz targets, and may change at any time. `ARCHITECTURE.md` is its map:
//!
//! | floor | modules |
//! |---|---|
//! | 6 | `cli` → `server`, `tenant` |
//! | 5 | `gateway` → `control` |
//! | 4 | `worlds`, `evidence` → `scenario` |
//! | 3 | `state` |
//! | 2 | `apis` |
//! | 1 | `odata`, `rest`, `faults` → `seed` |
//! | 0 | `contract` → `http`, `store` → `effects`, `pki` |

#[doc(hidden)]
pub mod effects;
#[doc(hidden)]
pub mod http;
#[doc(hidden)]
pub mod pki;
#[doc(hidden)]
pub mod store;

#[doc(hidden)]
pub mod contract;

#[doc(hidden)]
pub mod faults;
#[doc(hidden)]
pub mod odata;
#[doc(hidden)]
pub mod rest;
#[doc(hidden)]
pub mod seed;

#[doc(hidden)]
pub mod apis;

#[doc(hidden)]
pub mod state;

#[doc(hidden)]
pub mod evidence;
#[doc(hidden)]
pub mod scenario;
#[doc(hidden)]
pub mod worlds;

#[doc(hidden)]
pub mod control;
#[doc(hidden)]
pub mod gateway;

#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
#[doc(hidden)]
pub mod server;
#[cfg(feature = "tenant")]
#[doc(hidden)]
pub mod tenant;

pub use contract::LintMode;
pub use control::{Coverage, Expectation, Unverified};
pub use effects::Timestamp;
pub use scenario::Flaw;
pub use seed::Code as FlawCode;
pub use server::{ArmError, Builder, Server, StartError, Timeouts, World};
#[cfg(feature = "tls")]
pub use server::{DEFAULT_NAMES, Identity, TlsError};
pub use worlds::{Bounds, Error as WorldError, Limits};

/// The journal of a world, as [`World::requests`] gives it.
pub mod journal {
    pub use crate::worlds::{Answer, Answered, Asked, Exchange, Headers, Record};
}
