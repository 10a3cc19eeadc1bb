//! How to wait for a tenant that is too busy, and how long.

use std::thread;
use std::time::Duration;

use http::header::{DATE, RETRY_AFTER};
use http::{HeaderMap, StatusCode};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc2822;

/// Who waits: a test does not.
pub trait Pace {
    /// Waits so long.
    fn wait(&self, span: Duration);
}

/// Waits as long as told.
#[derive(Debug, Clone, Copy)]
pub struct Sleep;

impl Pace for Sleep {
    fn wait(&self, span: Duration) {
        thread::sleep(span);
    }
}

/// How often something is tried before one gives up.
pub(super) const TRIES: u32 = 6;

/// Longest wait between two tries.
pub(super) const LONGEST: Duration = Duration::from_mins(5);

/// How long to wait before the next try, if the answer asks for one: it is 429, or 503 and says when to come back.
/// Without a word about how long, each wait is twice the last.
pub(super) fn wanted(status: StatusCode, headers: &HeaderMap, tries: u32) -> Option<Duration> {
    let said = retry_after(headers);
    match status {
        StatusCode::TOO_MANY_REQUESTS => Some(said.unwrap_or(Duration::from_secs(1) * 2_u32.pow(tries.min(8)))),
        StatusCode::SERVICE_UNAVAILABLE => said,
        _ => None,
    }
}

/// Seconds, or a date, which is held against the answer's own.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = |name| headers.get(name).and_then(|value: &http::HeaderValue| value.to_str().ok()).map(str::trim);
    let said = text(RETRY_AFTER)?;
    if let Ok(seconds) = said.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = |text: &str| OffsetDateTime::parse(&text.replace("GMT", "+0000"), &Rfc2822).ok();
    let span = date(said)? - date(text(DATE)?)?;
    Some(Duration::try_from(span).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(fields: &[(&'static str, &str)]) -> HeaderMap {
        fields.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect::<HeaderMap>()
    }

    #[test]
    fn a_tenant_says_how_long_in_seconds_or_by_a_date() {
        let busy = |fields: &[(&'static str, &str)]| wanted(StatusCode::TOO_MANY_REQUESTS, &headers(fields), 2);
        assert_eq!(busy(&[("retry-after", "7")]), Some(Duration::from_secs(7)));
        let dates = [("retry-after", "Thu, 15 Jan 2026 08:00:30 GMT"), ("date", "Thu, 15 Jan 2026 08:00:00 GMT")];
        assert_eq!(busy(&dates), Some(Duration::from_secs(30)));
        assert_eq!(busy(&[("retry-after", "soon")]), Some(Duration::from_secs(4)));
        assert_eq!(busy(&[]), Some(Duration::from_secs(4)));
    }

    #[test]
    fn only_who_is_busy_is_waited_for() {
        assert_eq!(wanted(StatusCode::OK, &headers(&[("retry-after", "7")]), 0), None);
        assert_eq!(wanted(StatusCode::SERVICE_UNAVAILABLE, &headers(&[]), 0), None);
        let later = headers(&[("retry-after", "0")]);
        assert_eq!(wanted(StatusCode::SERVICE_UNAVAILABLE, &later, 0), Some(Duration::ZERO));
    }
}
