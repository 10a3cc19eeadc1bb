//! The parameters of a token request.

use ::http::header::CONTENT_TYPE;

use crate::http::Request;

/// Parameters of the form body, then of the query: clients send them in either.
pub struct Parameters(Vec<(String, String)>);

impl Parameters {
    /// Those of a request.
    pub fn of(request: &Request) -> Self {
        let form = request
            .header(&CONTENT_TYPE)
            .is_some_and(|value| value.trim().to_ascii_lowercase().starts_with("application/x-www-form-urlencoded"));
        let body: &[u8] = if form { &request.body } else { &[] };
        let query = form_urlencoded::parse(request.query.as_bytes());
        Self(form_urlencoded::parse(body).into_owned().chain(query.into_owned()).collect())
    }

    /// The first value of a parameter.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(parameter, _)| parameter == name).map(|(_, value)| value.as_str())
    }
}
