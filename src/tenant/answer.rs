//! What a tenant has answered.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, LOCATION};
use http::{Response, StatusCode};
use serde_json::Value;

use super::Failure;
use super::secrets::Secrets;

/// Most characters that a message repeats of what a tenant says.
const QUOTED: usize = 200;

/// An answer, and what was asked.
#[derive(Debug)]
pub struct Answer {
    /// Method and URL of the request.
    pub asked: String,
    /// What came.
    pub response: Response<Bytes>,
}

impl Answer {
    /// Its status.
    pub fn status(&self) -> StatusCode {
        self.response.status()
    }

    /// A header.
    pub fn header(&self, name: impl http::header::AsHeaderName) -> &str {
        self.response.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The media type without parameters.
    pub fn media_type(&self) -> &str {
        self.header(CONTENT_TYPE).split(';').next().unwrap_or_default().trim()
    }

    /// The JSON of a success.
    ///
    /// # Errors
    /// It is none, or something else came.
    pub fn json(&self, secrets: &Secrets) -> Result<Value, Failure> {
        let body = self.granted("JSON", secrets)?;
        serde_json::from_slice(body).map_err(|_| self.unexpected("JSON", secrets))
    }

    /// The body of a success.
    ///
    /// # Errors
    /// It is none.
    pub fn granted(&self, expected: &'static str, secrets: &Secrets) -> Result<&Bytes, Failure> {
        if self.status() == StatusCode::OK {
            return Ok(self.response.body());
        }
        if self.status().is_redirection() {
            return Err(Failure::Redirected {
                asked: self.asked.clone(),
                status: self.status().as_u16(),
                to: secrets.hide(origin(self.header(LOCATION))),
            });
        }
        Err(self.unexpected(expected, secrets))
    }

    /// The failure that something else was expected.
    pub fn unexpected(&self, expected: &'static str, secrets: &Secrets) -> Failure {
        let status = self.status().as_u16();
        Failure::Unexpected { asked: self.asked.clone(), expected, status, came: self.came(secrets) }
    }

    /// What came, in words: the status, and of an error its code and text, of anything else its media type.
    pub fn came(&self, secrets: &Secrets) -> String {
        let status = self.status();
        let what = match (self.said(), self.media_type()) {
            (Some(said), _) => format!(" with {:?}", secrets.hide(&said).chars().take(QUOTED).collect::<String>()),
            (None, "") if self.response.body().is_empty() => " without a body".to_owned(),
            (None, "") => " with a body of no type".to_owned(),
            (None, "text/html" | "application/xhtml+xml") => " with a page for browsers (HTML)".to_owned(),
            (None, media_type) => format!(" with {}", secrets.hide(media_type)),
        };
        format!("{status} came{what}")
    }

    /// What an error document says: code and text of OData's, of OAuth's, or of Apinizer's.
    pub fn said(&self) -> Option<String> {
        let document: Value = serde_json::from_slice(self.response.body()).ok()?;
        let text = |pointer: &str| document.pointer(pointer).and_then(Value::as_str);
        let message = text("/error/message/value").or_else(|| text("/error/message"));
        let of_odata = message.map(|message| [text("/error/code").unwrap_or_default(), message].join(" "));
        let of_oauth = || {
            let code = text("/error")?;
            Some([code, text("/error_description").unwrap_or_default()].join(": "))
        };
        of_odata
            .or_else(of_oauth)
            .or_else(|| text("/resultMessage").map(ToOwned::to_owned))
            .map(|said| said.trim().to_owned())
    }
}

/// A text of a tenant as a message repeats it.
pub(super) fn in_a_line(text: &str) -> String {
    text.chars().filter(|character| !character.is_control()).take(QUOTED).collect()
}

/// Scheme and host of a link: what follows may be long, and may hold what is nobody's business.
fn origin(link: &str) -> &str {
    let host = link.find("://").map_or(0, |at| at + 3);
    let end = link.get(host..).and_then(|rest| rest.find(['/', '?', '#'])).map_or(link.len(), |end| host + end);
    if host == 0 { "another path" } else { link.get(..end).unwrap_or(link) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, media_type: &str, body: &str) -> Answer {
        let response = Response::builder().status(status).header("content-type", media_type);
        let response = response.header("location", "https://login.example:444/saml?secret=canary");
        Answer { asked: "GET https://t.example/x".to_owned(), response: response.body(body.to_owned().into()).unwrap() }
    }

    fn told(answer: &Answer) -> String {
        let secrets = Secrets::default();
        secrets.add("canary");
        answer.json(&secrets).unwrap_err().to_string()
    }

    #[test]
    fn what_came_is_told_in_a_sentence_without_secrets() {
        let redirected = told(&answer(302, "text/html", ""));
        assert!(redirected.contains("302, to https://login.example:444)"), "{redirected}");
        assert!(!redirected.contains("canary"));
        let login = told(&answer(200, "text/html;charset=utf-8", "<html>canary"));
        assert!(login.ends_with("expected JSON, but 200 OK came with a page for browsers (HTML)"), "{login}");
        let refused = told(&answer(
            404,
            "application/json",
            r#"{"error":{"code":"Not Found","message":{"lang":"en","value":"no canary"}}}"#,
        ));
        assert!(refused.ends_with(r#"but 404 Not Found came with "Not Found no …""#), "{refused}");
        let oauth = told(&answer(
            401,
            "application/json",
            r#"{"error":"invalid_client","error_description":"Bad credentials"}"#,
        ));
        assert!(oauth.contains(r#""invalid_client: Bad credentials""#), "{oauth}");
        assert!(told(&answer(400, "", r#"{"status":"FAILURE","resultMessage":"no"}"#)).contains("\"no\""));
        assert!(told(&answer(500, "", "")).ends_with("500 Internal Server Error came without a body"));
    }

    #[test]
    fn json_of_a_success_is_read() {
        assert_eq!(answer(200, "application/json", "[1]").json(&Secrets::default()).unwrap(), serde_json::json!([1]));
    }
}
