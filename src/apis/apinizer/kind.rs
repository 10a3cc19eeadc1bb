//! Kinds of objects: certificates, keystores, keys and JWKs. What is the same for all of them stands here; how one is
//! created and updated differs by its pages, and stands with the kind.

use std::borrow::Cow;
use std::sync::Arc;

use bytes::Bytes;
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};

use super::answer::{self, Page};
use super::behaviour::Dialect;
use super::call::Call;
use super::deployment::Deployment;
use super::derived_jwks::OnDelete;
use super::error::Error;
use super::state::{ADMIN_PROJECT, Collection, Item, ListForm, State};
use crate::http::Response;
use crate::store::{Draft, Memo, Text};

/// What the operations that all kinds have need to know of one.
pub trait Kind: Item + Sized + 'static {
    /// Its name in sentences.
    const NAME: &'static str;
    /// The parameter of the path that names one.
    const PARAMETER: &'static str;
    /// How the page of its reading says that it succeeded.
    const PAGE: Page = Page::Usual;
    /// Whether JWKs can be made from it: then a deletion says what becomes of them.
    const GIVES_JWKS: bool = true;

    /// All objects of the kind.
    fn collection(state: &State) -> &Collection<Self>;

    /// Where the answer to a listing is kept, if it shows nothing but what the objects hold themselves.
    fn kept_list(_: &State) -> Option<&Memo<ListForm, Bytes>> {
        None
    }

    /// Adds it, or puts it in the place of the one with its identifier.
    fn put(self, state: &mut State) -> Result<(), Error>;

    /// Takes it away.
    fn remove(&self, state: &mut State);

    /// Where it is deployed.
    fn environments(&self, state: &State) -> Vec<Text>;

    /// The refusal of a name that no object has.
    fn not_found(name: String) -> Error;

    /// What its reading shows.
    fn json(&self, state: &State, call: &Call<'_>) -> Cow<'_, RawValue>;

    /// What a list shows of it.
    fn json_in_list(&self, state: &State, call: &Call<'_>) -> Cow<'_, RawValue> {
        self.json(state, call)
    }
}

/// Lists the objects of a project; those of all projects for `admin`.
pub fn list<K: Kind>(state: &State, call: &Call<'_>) -> Response {
    let (project, behaviour) = (call.project(), &call.behaviour);
    let memo = K::kept_list(state);
    let is_wanted = |form: &ListForm| form.project == *project && form.behaviour == *behaviour;
    if let Some(kept) = memo.and_then(|memo| memo.get(is_wanted)) {
        return answer::kept(kept.clone());
    }
    let objects = K::collection(state).shown_in(project).into_iter();
    let items: Vec<_> = objects.map(|object| object.json_in_list(state, call)).collect();
    let response = answer::list(behaviour, Page::Usual, &items);
    if let Some(memo) = memo {
        memo.keep(ListForm { project: project.to_owned().into(), behaviour: behaviour.clone() }, response.body.clone());
    }
    response
}

/// Reads one.
pub fn read<K: Kind>(state: &State, call: &Call<'_>) -> Result<Response, Error> {
    let item = found::<K>(state, call)?.json(state, call);
    Ok(answer::list(&call.behaviour, K::PAGE, &[item]))
}

/// Deletes one.
pub fn delete<K: Kind>(draft: &mut Draft<'_, State>, call: &Call<'_>) -> Result<Response, Error> {
    let derived = K::GIVES_JWKS.then(|| OnDelete::of(call)).transpose()?;
    let object = Arc::clone(found::<K>(draft.state, call)?);
    object.remove(draft.state);
    if let Some(derived) = derived {
        derived.apply(draft.state, object.id());
    }
    let deployment = Deployment::from(call, draft.state, &object.environments(draft.state));
    Ok(answer::deployed(&call.behaviour, None, &deployment))
}

/// Stores one, new or changed, and deploys it.
pub fn store<K: Kind>(draft: &mut Draft<'_, State>, call: &Call<'_>, object: K) -> Result<Response, Error> {
    let deployment = Deployment::to(call, draft.state, &object.environments(draft.state));
    object.put(draft.state)?;
    Ok(answer::deployed(&call.behaviour, Some(K::NAME), &deployment))
}

/// The object in the path.
pub fn found<'s, K: Kind>(state: &'s State, call: &Call<'_>) -> Result<&'s Arc<K>, Error> {
    let name = call.parameter(K::PARAMETER);
    K::collection(state).find(call.project(), name).ok_or_else(|| K::not_found(name.to_owned()))
}

/// An object of the project, or of `admin`, whose objects are everybody's.
pub fn referenced<K: Kind>(state: &State, project: &str, name: &str) -> Result<Arc<K>, Error> {
    let objects = K::collection(state);
    let found = objects.find(project, name).or_else(|| objects.find(ADMIN_PROJECT, name));
    found.cloned().ok_or_else(|| K::not_found(name.to_owned()))
}

/// True if the project has an object of this name.
pub fn is_taken<K: Kind>(state: &State, project: &str, name: &str) -> bool {
    K::collection(state).find(project, name).is_some()
}

/// The name that an update leaves one with: a new one must be free, or `taken` is the refusal.
pub fn renamed<K: Kind>(
    state: &State,
    object: &K,
    name: Option<String>,
    taken: fn(String) -> Error,
) -> Result<Text, Error> {
    match name {
        Some(name) if *object.name() != *name && is_taken::<K>(state, object.project(), &name) => Err(taken(name)),
        Some(name) => Ok(name.into()),
        None => Ok(object.name().clone()),
    }
}

/// What the JSON of every object but a certificate begins with.
pub fn head<K: Kind>(object: &K, description: &str, state: &State, dialect: Dialect) -> Map<String, Value> {
    let mut members = Map::new();
    if dialect == Dialect::G2 {
        members.insert("id".to_owned(), json!(&**object.id()));
    }
    members.insert("name".to_owned(), json!(&**object.name()));
    members.insert("description".to_owned(), json!(description));
    let project = state.project(object.project()).map_or("", |project| &*project.id);
    members.insert("projectId".to_owned(), json!(project));
    members
}
