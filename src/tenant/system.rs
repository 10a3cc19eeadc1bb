//! The systems that a tenant may be, of those that certmimic emulates.

use std::fmt;

use crate::state::Api;

/// A system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum System {
    /// SAP API Management.
    ApiManagement,
    /// SAP Cloud Integration.
    CloudIntegration,
    /// Apinizer.
    Apinizer,
}

impl System {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::ApiManagement, Self::CloudIntegration, Self::Apinizer];

    /// Its name in scenarios.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ApiManagement => "sap_api_management",
            Self::CloudIntegration => "sap_cloud_integration",
            Self::Apinizer => "apinizer",
        }
    }

    /// The system of that name, or of that short name.
    pub fn parse(name: &str) -> Option<Self> {
        let api = Api::named(name)?;
        Self::ALL.into_iter().find(|system| system.name() == api.name)
    }

    /// What certmimic knows of it.
    pub fn api(self) -> Option<&'static Api> {
        Api::named(self.name())
    }

    /// A path whose reading tells whether a tenant is such a system.
    pub(super) const fn probe(self) -> &'static str {
        match self {
            Self::ApiManagement => "/apiportal/api/1.0/Management.svc/CertificateStores",
            Self::CloudIntegration => "/api/v1/KeystoreEntries",
            Self::Apinizer => "/apiops/projects/",
        }
    }
}

impl fmt::Display for System {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.api().map_or(self.name(), |api| api.title))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_system_is_one_of_the_list_of_apis() {
        for system in System::ALL {
            let api = system.api().unwrap();
            assert_eq!(System::parse(api.name), Some(system));
            assert_eq!(System::parse(api.short), Some(system));
            assert!(api.roots.iter().any(|root| system.probe().starts_with(root)));
        }
        assert_eq!(System::parse("xsuaa"), None);
    }
}
