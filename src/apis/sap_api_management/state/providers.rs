//! API providers: the backends of proxies. Only their use of stores matters here; everything is kept as it was sent.

use std::fmt;
use std::sync::Arc;

use super::{Author, History, ProviderName, State};
use crate::apis::sap_api_management::edm::API_PROVIDERS;
use crate::apis::sap_api_management::error::Error;
use crate::odata::Value;
use crate::odata::edm::Property;

/// An API provider.
#[derive(Clone, PartialEq)]
pub struct Provider {
    /// Its name.
    pub name: ProviderName,
    /// What was sent, in wire order; null where nothing was, and where its name and history would stand a second time.
    pub values: Vec<Value>,
    /// Who made and changed it.
    pub history: History,
}

/// A password or a client's secret may be among the values.
impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Provider").field("name", &self.name).field("history", &self.history).finish_non_exhaustive()
    }
}

/// What a body says of one property; `None` if it does not mention it.
type Mentioned<'a> = dyn Fn(&str) -> Option<Value> + 'a;

impl State {
    /// Makes a provider.
    ///
    /// # Errors
    /// Its name is in use.
    pub fn create_provider(
        &mut self,
        name: ProviderName,
        mentioned: &Mentioned<'_>,
        author: &Author,
    ) -> Result<Arc<Provider>, Error> {
        if self.providers.contains(&name) {
            return Err(Error::ProviderExists);
        }
        let values = values(|_, property| mentioned(property).unwrap_or(Value::Null));
        let provider = Arc::new(Provider { name: name.clone(), values, history: History::begin(author) });
        self.providers.insert(name, Arc::clone(&provider));
        Ok(provider)
    }

    /// Replaces what a provider consists of; what is not mentioned stays if `merge`, else it becomes null.
    ///
    /// # Errors
    /// There is none.
    pub fn update_provider(
        &mut self,
        name: &str,
        mentioned: &Mentioned<'_>,
        merge: bool,
        author: &Author,
    ) -> Result<(), Error> {
        let old = self.provider(name)?;
        let kept = |position: usize| old.values.get(position).filter(|_| merge).cloned().unwrap_or(Value::Null);
        let values = values(|position, property| mentioned(property).unwrap_or_else(|| kept(position)));
        let provider = Provider { name: old.name.clone(), values, history: old.history.changed(author) };
        self.providers.insert(provider.name.clone(), Arc::new(provider));
        Ok(())
    }

    /// Deletes a provider.
    ///
    /// # Errors
    /// There is none.
    pub fn delete_provider(&mut self, name: &str) -> Result<(), Error> {
        self.provider(name)?;
        self.providers.remove(name);
        Ok(())
    }

    /// The provider of that name.
    ///
    /// # Errors
    /// There is none.
    pub fn provider(&self, name: &str) -> Result<&Arc<Provider>, Error> {
        self.providers.get(name).ok_or(Error::NoSuchProvider)
    }
}

fn values(of: impl Fn(usize, &str) -> Value) -> Vec<Value> {
    let properties = API_PROVIDERS.entity_type.properties.iter().enumerate();
    let value = |(position, property): (usize, &Property)| match property.name {
        "name" | "life_cycle" => Value::Null,
        name => of(position, name),
    };
    properties.map(value).collect()
}
