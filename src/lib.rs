//! certmimic stands in, in tests, for the certificate and keystore management APIs of SAP API Management, SAP Cloud
//! Integration and Apinizer.
//!
//! It is a function *(state, request) → (state′, response)*, published over HTTP. The modules stand on floors; each
//! uses only those below it. `ARCHITECTURE.md` is the map.
//!
//! | floor | modules |
//! |---|---|
//! | 6 | [`cli`], [`server`] |
//! | 5 | [`gateway`], [`control`] |
//! | 4 | [`worlds`], [`scenario`] |
//! | 3 | [`state`] |
//! | 2 | [`apis`] |
//! | 1 | [`odata`], [`rest`], [`faults`] → [`seed`] |
//! | 0 | [`contract`] → [`http`], [`store`] → [`effects`], [`pki`] |

pub mod effects;
pub mod http;
pub mod pki;
pub mod store;

pub mod contract;

pub mod faults;
pub mod odata;
pub mod rest;
pub mod seed;

pub mod apis;

pub mod state;

pub mod scenario;
pub mod worlds;

pub mod control;
pub mod gateway;

pub mod cli;
pub mod server;

pub use server::Server;
