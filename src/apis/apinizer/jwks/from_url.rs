//! JWKs from what a URL answers: from the document that the scenario has for it, else from the server behind it.

use std::time::Duration;

use super::body::Body;
use super::origin::{Origin, pasted};
use crate::apis::apinizer::call::{Call, Fetched};
use crate::apis::apinizer::error::Error;
use crate::apis::apinizer::kind;
use crate::apis::apinizer::state::{Jwk, SourceType, State};
use crate::apis::apinizer::values::given;
use crate::effects::{Fetch, Unfetched};

/// Limits of a fetch where the body has none, as the page says: milliseconds, and bytes.
const CONNECT_TIMEOUT: u64 = 5_000;
const READ_TIMEOUT: u64 = 10_000;
const SIZE_LIMIT: u64 = 1_048_576;

/// What has to be done before the state is edited: waiting for another server. `None` where there is nothing to wait for,
/// or the request is going to be refused anyway.
pub fn fetch_first(state: &State, call: &Call<'_>, always_url: bool) -> Option<Fetched> {
    let body: Body = call.json().ok()?;
    let (url, name) = (given(body.url.as_deref())?, given(body.name.as_deref())?);
    let is_url = always_url || body.source_type.as_deref() == Some(SourceType::Url.name());
    let is_registered = state.documents.contains(url);
    if !is_url || is_registered || !call.behaviour.fetch_urls || kind::is_taken::<Jwk>(state, call.project(), name) {
        return None;
    }
    let millis = |given: Option<u64>, usual| Duration::from_millis(given.unwrap_or(usual));
    Some(call.outside.fetch(&Fetch {
        url: url.to_owned(),
        connect: millis(body.url_option_connect_timeout, CONNECT_TIMEOUT),
        read: millis(body.url_option_read_timeout, READ_TIMEOUT),
        most: size_limit(&body),
    }))
}

/// The JWK that a URL answers.
pub fn from_url(state: &State, call: &Call<'_>, body: &Body, url: &str) -> Result<Origin, Error> {
    let unreadable = |reason: String| Error::UrlUnreadable { url: url.to_owned(), reason };
    let answer = answer(state, call, url).map_err(unreadable)?;
    if answer.len() as u64 > size_limit(body) {
        return Err(unreadable(Unfetched::TooLarge(size_limit(body)).to_string()));
    }
    let origin = pasted(&String::from_utf8_lossy(answer), given(body.kid.as_deref()), SourceType::Url)?;
    Ok(Origin { source_url: Some(url.to_owned().into()), ..origin })
}

fn answer<'a>(state: &'a State, call: &'a Call<'_>, url: &str) -> Result<&'a [u8], String> {
    match (state.documents.get(url), &call.fetched) {
        (Some(document), _) => Ok(document),
        (None, Some(Ok(bytes))) => Ok(bytes),
        (None, Some(Err(reason))) => Err(reason.to_string()),
        (None, None) if !call.behaviour.fetch_urls => {
            Err("it is not registered, and fetching is switched off".to_owned())
        }
        (None, None) => Err("it was not fetched".to_owned()),
    }
}

fn size_limit(body: &Body) -> u64 {
    body.url_option_size_limit.unwrap_or(SIZE_LIMIT)
}
