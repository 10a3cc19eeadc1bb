//! Requests for virtual hosts: the one way to make, change and delete them.

use std::sync::Arc;

use super::{Author, CertificateStore, History, HostId, State, StoreLink, StoreType, VirtualHost};
use crate::apis::sap_api_management::error::Error;
use crate::effects::Ids;
use crate::store::Text;

/// What a request wants done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HostOperation {
    /// `CREATE`
    Create,
    /// `UPDATE`
    Update,
    /// `DELETE`
    Delete,
}

impl HostOperation {
    /// The operation of that name.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "CREATE" => Some(Self::Create),
            "UPDATE" => Some(Self::Update),
            "DELETE" => Some(Self::Delete),
            _ => None,
        }
    }
}

/// A request: what it does not mention is `None`.
#[derive(Debug, Clone, Copy, Default)]
pub struct HostRequest<'a> {
    /// The virtual host to change or delete.
    pub host_id: Option<&'a str>,
    /// The alias below the tenant's domain, or a custom domain's full host name.
    pub url: Option<&'a str>,
    /// Whether it becomes the default host.
    pub default: Option<bool>,
    /// Whether `url` is a custom domain.
    pub custom: Option<bool>,
    /// The key store, by name or reference.
    pub key_store: Option<&'a str>,
    /// The name of the certificate in it.
    pub key_store_alias: Option<&'a str>,
    /// Whether clients must show a certificate.
    pub client_auth: Option<bool>,
    /// The trust store, by name or reference.
    pub trust_store: Option<&'a str>,
}

impl State {
    /// Carries out a request and gives the virtual host as it is then, or was before it was deleted.
    ///
    /// # Errors
    /// The virtual host is unknown; its host name is malformed or taken; there are too many; a store does not fit;
    /// the default one is to be deleted.
    pub fn request_host(
        &mut self,
        operation: HostOperation,
        request: &HostRequest<'_>,
        author: &Author,
        ids: &mut Ids,
    ) -> Result<Arc<VirtualHost>, Error> {
        match operation {
            HostOperation::Create => self.create_host(request, author, ids),
            HostOperation::Update => self.update_host(request, author),
            HostOperation::Delete => self.delete_host(request),
        }
    }

    /// The virtual host that a request to make one describes, whether its stores fit or not.
    ///
    /// # Errors
    /// As for the request.
    pub fn new_host(&self, id: HostId, request: &HostRequest<'_>, history: History) -> Result<VirtualHost, Error> {
        let host = self.host_name(request.url.unwrap_or_default(), request.custom.unwrap_or_default(), None)?;
        if self.behaviour.virtual_host_limit.reached(self.hosts.len()) {
            return Err(Error::TooManyHosts);
        }
        let new = VirtualHost {
            name: id.text().clone(),
            id,
            host,
            is_default: false,
            is_custom: false,
            key_store: None,
            key_store_alias: None,
            client_auth: false,
            trust_store: None,
            project_path: None,
            history,
        };
        with_requested(new, request)
    }

    /// Makes sure that the stores of a new virtual host fit.
    ///
    /// # Errors
    /// One does not.
    pub fn check_new_host(&self, host: &VirtualHost, request: &HostRequest<'_>) -> Result<(), Error> {
        self.check_links(host, request).map_err(|reason| Error::HostCreatedWithoutStore { reason })
    }

    /// True if a virtual host has what it names: later requests may have taken it away.
    pub fn is_whole(&self, host: &VirtualHost) -> bool {
        self.check_links(host, &HostRequest::default()).is_ok()
    }

    /// Keeps a virtual host; if it is the default one, no other is.
    pub fn put_host(&mut self, host: VirtualHost) -> Arc<VirtualHost> {
        if host.is_default {
            self.unset_default(&host.id);
        }
        let host = Arc::new(host);
        self.hosts.insert(host.id.clone(), Arc::clone(&host));
        host
    }

    fn create_host(
        &mut self,
        request: &HostRequest<'_>,
        author: &Author,
        ids: &mut Ids,
    ) -> Result<Arc<VirtualHost>, Error> {
        let host = self.new_host(HostId::of_uuid(ids.uuid()), request, History::begin(author))?;
        self.check_new_host(&host, request)?;
        Ok(self.put_host(host))
    }

    fn update_host(&mut self, request: &HostRequest<'_>, author: &Author) -> Result<Arc<VirtualHost>, Error> {
        let mut host = VirtualHost::clone(self.requested_host(request)?);
        if let Some(url) = request.url {
            host.host = self.host_name(url, request.custom.unwrap_or_default(), Some(&host.id))?;
        }
        host.history = host.history.changed(author);
        let host = with_requested(host, request)?;
        self.check_links(&host, request).map_err(|reason| Error::HostUpdatedWithoutStore { reason })?;
        Ok(self.put_host(host))
    }

    fn delete_host(&mut self, request: &HostRequest<'_>) -> Result<Arc<VirtualHost>, Error> {
        let host = Arc::clone(self.requested_host(request)?);
        if host.is_default {
            return Err(Error::HostIsDefault);
        }
        self.hosts.remove(&host.id);
        Ok(host)
    }

    fn requested_host(&self, request: &HostRequest<'_>) -> Result<&Arc<VirtualHost>, Error> {
        // What the real service prints for an absent identifier is not known: Java would print this.
        let id = request.host_id.unwrap_or("null");
        self.hosts.get(id).ok_or_else(|| Error::NoSuchHost { id: id.to_owned() })
    }

    /// The full host name that a request means, if it is well-formed and no virtual host other than `own` has it.
    fn host_name(&self, url: &str, custom: bool, own: Option<&HostId>) -> Result<Text, Error> {
        let host = if custom { custom_domain(url)? } else { format!("{}.{}", alias(url)?, self.tenant.domain) };
        let taken = |other: &VirtualHost| other.host.eq_ignore_ascii_case(&host) && Some(&other.id) != own;
        if self.hosts.values().any(|other| taken(other)) {
            return Err(Error::HostNameTaken);
        }
        Ok(host.into())
    }

    /// What does not fit of the stores that a virtual host has or a request for it names, if anything. A request that
    /// switches client authentication off may name a trust store that is gone.
    fn check_links(&self, host: &VirtualHost, request: &HostRequest<'_>) -> Result<(), String> {
        if host.is_custom && host.key_store.is_none() {
            return Err("A custom domain needs a key store".to_owned());
        }
        if let Some(link) = &host.key_store {
            let store = self.resolve(link, StoreType::KeyStore)?;
            let alias = host.key_store_alias.as_deref().ok_or("A key store needs an alias")?;
            if !store.certificates.contains(alias) {
                return Err(format!("Key store '{}' has no certificate '{alias}'", store.name));
            }
        }
        let named = if request.client_auth == Some(false) { None } else { link(request.trust_store) };
        let mut trust_stores = host.trust_store.iter().chain(&named);
        trust_stores.try_for_each(|link| self.resolve(link, StoreType::TrustStore).map(drop))
    }

    fn resolve(&self, link: &StoreLink, expected: StoreType) -> Result<&CertificateStore, String> {
        let name = match link {
            StoreLink::Store(name) => name,
            StoreLink::Reference(name) => {
                let reference = self.references.get(name);
                &reference.ok_or_else(|| format!("There is no certificate store reference '{name}'"))?.store
            }
        };
        let store = self.stores.get(name).ok_or_else(|| format!("There is no certificate store '{name}'"))?;
        if store.store_type() != expected {
            return Err(format!("Certificate store '{name}' is no {}", expected.name()));
        }
        Ok(store)
    }

    fn unset_default(&mut self, except: &HostId) {
        let other = self.hosts.values().find(|host| host.is_default && host.id != *except).cloned();
        if let Some(other) = other {
            let changed = VirtualHost { is_default: false, ..VirtualHost::clone(&other) };
            self.hosts.insert(changed.id.clone(), Arc::new(changed));
        }
    }
}

/// Applies what a request says of a virtual host besides its name, which alone is of a custom domain or not. What it does
/// not mention stays; a tenant always has a default host, so `false` takes that from none.
fn with_requested(mut host: VirtualHost, request: &HostRequest<'_>) -> Result<VirtualHost, Error> {
    if request.url.is_some() {
        host.is_custom = request.custom.unwrap_or_default();
    }
    host.is_default |= request.default == Some(true);
    let kept = if host.is_custom { (host.key_store, host.key_store_alias) } else { (None, None) };
    host.key_store = link(request.key_store).or(kept.0);
    host.key_store_alias = request.key_store_alias.map(|alias| alias.to_owned().into()).or(kept.1);
    host.client_auth = request.client_auth.unwrap_or(host.client_auth);
    host.trust_store = trust_store(&host, request)?;
    Ok(host)
}

/// Without client authentication there is none, whatever the request says.
fn trust_store(host: &VirtualHost, request: &HostRequest<'_>) -> Result<Option<StoreLink>, Error> {
    match (host.client_auth, link(request.trust_store)) {
        (false, _) => Ok(None),
        (true, Some(link)) => Ok(Some(link)),
        (true, None) if request.client_auth == Some(true) => Err(Error::TrustStoreMissing),
        (true, None) => Ok(host.trust_store.clone()),
    }
}

fn link(text: Option<&str>) -> Option<StoreLink> {
    text.and_then(StoreLink::parse)
}

/// Characters of a virtual host's alias: those of a label of a host name.
const LONGEST_ALIAS: usize = 63;

fn alias(url: &str) -> Result<&str, Error> {
    if url.chars().count() > LONGEST_ALIAS {
        return Err(Error::AliasTooLong);
    }
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-';
    if url.is_empty() || url.starts_with('-') || url.ends_with('-') || !url.chars().all(allowed) {
        return Err(Error::AliasMalformed);
    }
    Ok(url)
}

/// What a custom domain must look like is not known; it cannot be empty.
fn custom_domain(url: &str) -> Result<String, Error> {
    if url.is_empty() { Err(Error::AliasMalformed) } else { Ok(url.to_owned()) }
}
