//! The emulated APIs. None knows another.

pub mod apinizer;
pub mod sap_api_management;
pub mod sap_cloud_integration;
pub mod xsuaa;
