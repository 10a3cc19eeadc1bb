//! What references and virtual hosts name, held against what is there, in the words of a scenario.

use super::HostSection;
use crate::apis::sap_api_management::state::{
    CertificateName, CertificateStore, State, StoreLink, StoreName, StoreType,
};
use crate::seed::{Place, Problem};

/// The store of this name.
///
/// # Errors
/// There is none.
pub(super) fn store<'s>(state: &'s State, name: &str, place: &Place) -> Result<&'s CertificateStore, Problem> {
    state.stores.get(name).map(AsRef::as_ref).ok_or_else(|| {
        let known: Vec<&str> = state.stores.keys().map(StoreName::as_str).collect();
        Problem::unknown(place.clone(), "certificate store", name, &known)
    })
}

/// Makes sure that what a virtual host names is there, and of the right type.
///
/// # Errors
/// What is not, at its place.
pub(super) fn check(state: &State, section: &HostSection, place: &Place) -> Result<(), Problem> {
    if let Some(link) = section.key_store.as_deref().and_then(StoreLink::parse) {
        let store = linked(state, &link, StoreType::KeyStore, &place.member("key_store"))?;
        if let Some(alias) = &section.key_store_alias
            && !store.certificates.contains(alias.as_str())
        {
            let what = format!("certificate in key store \"{}\"", store.name);
            let known: Vec<&str> = store.certificates.keys().map(CertificateName::as_str).collect();
            return Err(Problem::unknown(place.member("key_store_alias"), &what, alias, &known));
        }
    }
    if let Some(link) = section.trust_store.as_deref().and_then(StoreLink::parse) {
        linked(state, &link, StoreType::TrustStore, &place.member("trust_store"))?;
    }
    Ok(())
}

fn linked<'s>(
    state: &'s State,
    link: &StoreLink,
    expected: StoreType,
    place: &Place,
) -> Result<&'s CertificateStore, Problem> {
    let name = match link {
        StoreLink::Store(name) => name,
        StoreLink::Reference(name) => {
            let reference = state.references.get(name).ok_or_else(|| {
                let links = state.references.keys().cloned().map(StoreLink::Reference);
                let known: Vec<String> = links.map(|link| link.to_string()).collect();
                let known: Vec<&str> = known.iter().map(String::as_str).collect();
                Problem::unknown(place.clone(), "certificate store reference", &link.to_string(), &known)
            })?;
            &reference.store
        }
    };
    let store = store(state, name.as_str(), place)?;
    if store.store_type() != expected {
        let message = format!("the certificate store \"{name}\" is no {}", expected.name());
        return Err(Problem::new(place.clone(), message));
    }
    Ok(store)
}
