//! A real tenant, seen from outside: read as a scenario ([`capture`]), and held against the documented facts ([`compare()`]).
//!
//! Nobody is asked anything but `GET` requests, and the token endpoint for a token, unless a comparison is told that it may
//! write in names of its own. What is asked goes through one
//! [`Client`], which knows tokens, rate limits and the tenant's own address, and shows nobody a secret. Who carries its
//! requests is handed in: by HTTPS to a tenant, or whatever a test wants.

mod account;
mod address;
mod answer;
mod asking;
mod capture;
mod carrier;
mod client;
mod compare;
mod failure;
mod https;
mod odata;
mod pace;
mod secrets;
mod system;
mod watch;

pub use account::{Account, Credentials, ServiceKey, token_url};
pub use address::Address;
pub use asking::{Asking, Who};
pub use capture::{Captured, Dates, Names, Wishes, capture};
pub use carrier::{Carrier, Unreached};
pub use client::{Client, Surroundings};
pub use compare::report;
pub use compare::{Compared, Comparison, Difference, Order, Pact, Prefix, Said, Tally, Verdict, compare, replay};
pub use failure::Failure;
pub use https::{ClientIdentity, Https, Trust};
pub use pace::{Pace, Sleep};
pub use system::System;
pub use watch::{Unwatched, Watch};
