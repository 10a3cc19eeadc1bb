//! What a control call is given: its world, its request, its query.

use std::borrow::Cow;
use std::str::FromStr;
use std::sync::Arc;

use ::http::StatusCode;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::error::Error;
use crate::contract::{Parameters, nearest_word};
use crate::effects::Timestamp;
use crate::http::{Accept, Offer, Request, Response, target};
use crate::worlds::{self, Name, World, Worlds};

/// One control call under way.
pub(super) struct Context<'a> {
    /// All worlds.
    pub worlds: &'a Worlds,
    /// The one that the call is about.
    pub world: &'a Arc<World>,
    /// The request.
    pub request: &'a Request,
    /// The values in its path.
    pub path: Parameters,
    /// The parameters of its query, which the call is known to take.
    pub query: Query<'a>,
    /// What the operating system's clock shows.
    pub wall: Timestamp,
}

/// The parameters of a query.
pub(super) struct Query<'a>(target::Pairs<'a>);

impl<'a> Query<'a> {
    /// Those of a request; a name that is not among `known` is refused, with the nearest that is.
    pub fn of(query: &'a str, known: impl Iterator<Item = &'static str> + Clone) -> Result<Self, Error> {
        let pairs = target::query(query).map_err(|_| Error::BadQuery)?;
        let stranger = pairs.iter().find(|(name, _)| !known.clone().any(|known| known == name));
        match stranger {
            None => Ok(Self(pairs)),
            Some((name, _)) => Err(Error::UnknownParameter {
                name: name.to_string(),
                nearest: nearest_word(name, known.clone()),
                known: known.collect(),
            }),
        }
    }

    /// The value of a parameter; of several, the last.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value.as_ref())
    }

    /// The value of a parameter, read.
    pub fn read<T: FromStr>(&self, name: &'static str, expected: &str) -> Result<Option<T>, Error> {
        let read = |value: &str| {
            value.parse().map_err(|_| Error::BadValue { name, value: value.to_owned(), expected: expected.to_owned() })
        };
        self.get(name).map(read).transpose()
    }

    /// A parameter that is there or not: `refused`, `refused=true`, `refused=false`.
    pub fn flag(&self, name: &'static str) -> Result<bool, Error> {
        match self.get(name) {
            Some("") => Ok(true),
            _ => Ok(self.read(name, "true or false")?.unwrap_or(false)),
        }
    }
}

impl Context<'_> {
    /// A value of the path that is a name.
    pub fn name(&self) -> Result<Name, Error> {
        let text = self.path.get("name");
        Ok(Name::parse(text).map_err(worlds::Error::not_a_name(text))?)
    }

    /// The body, which is JSON of a known shape.
    pub fn body<T: DeserializeOwned>(&self) -> Result<T, Error> {
        serde_json::from_slice(&self.request.body).map_err(|error| Error::BadBody(misfit(&error.to_string())))
    }

    /// The format of the answer: `?format=`, else what `Accept` asks for, else the first.
    pub fn format(&self, formats: &[Format]) -> Result<&'static str, Error> {
        if let Some(asked) = self.query.get("format") {
            let known = formats.iter().map(|format| format.name);
            let found = formats.iter().find(|format| format.name == asked).map(|format| format.name);
            return found.ok_or_else(|| Error::BadValue {
                name: "format",
                value: asked.to_owned(),
                expected: known.collect::<Vec<_>>().join(", "),
            });
        }
        let offers: Vec<Offer> = formats.iter().map(|format| format.media_type).map(Offer::of).collect();
        let chosen = Accept::of(&self.request.headers).choose(&offers).and_then(|at| formats.get(at));
        Ok(chosen.or(formats.first()).map_or("", |format| format.name))
    }
}

/// What a body has that does not fit; of a member that is not known, with the nearest one that is.
fn misfit(error: &str) -> String {
    let nearest = error.split_once("unknown field `").and_then(|(_, rest)| {
        let mut quoted = rest.split('`');
        let (unknown, known) = (quoted.next()?, quoted.skip(1).step_by(2));
        nearest_word(unknown, known)
    });
    let hint = nearest.map(|name| format!(" Did you mean \"{name}\"?")).unwrap_or_default();
    format!("The body does not fit: {error}.{hint}")
}

/// A format that a call can answer in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Format {
    /// Its name for `?format=`.
    pub name: &'static str,
    /// Its media type for `Accept`, without parameters.
    pub media_type: &'static str,
}

/// An answer in JSON.
pub(super) fn json_response(value: &Value) -> Response {
    Response::new(StatusCode::OK, "application/json", format!("{value:#}\n"))
}

/// An answer in text for people.
pub(super) fn text_response(media_type: &'static str, text: impl Into<Cow<'static, str>>) -> Response {
    Response::new(StatusCode::OK, media_type, text.into().into_owned())
}
