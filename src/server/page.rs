//! The page for people: the files of `page/`, embedded. It belongs to the server, not to a world; which world it shows is said
//! by the address that it was loaded from, and all that it does goes through the control API.

use std::io::Write as _;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, LOCATION, REFERRER_POLICY, VARY,
    X_CONTENT_TYPE_OPTIONS,
};
use http::{Method, StatusCode};

use crate::control;
use crate::gateway;
use crate::http::{Accept, Request, Response};

/// Scripts, styles and calls are the server's own; nothing else is loaded, and nothing may frame it.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
                      connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Where the document's files are, below the control API.
const FOLDER: &str = "/page/";

const DOCUMENT: &str = include_str!("../../page/index.html");

/// A file that the document loads.
struct File {
    name: &'static str,
    media_type: &'static str,
    text: &'static str,
}

macro_rules! files {
    ($($name:literal: $media_type:expr),+ $(,)?) => {
        &[$(File { name: $name, media_type: $media_type, text: include_str!(concat!("../../page/", $name)) }),+]
    };
}

const SCRIPT: &str = "text/javascript; charset=utf-8";

const FILES: &[File] = files!(
    "style.css": "text/css; charset=utf-8",
    "main.js": SCRIPT,
    "api.js": SCRIPT,
    "certificates.js": SCRIPT,
    "clock.js": SCRIPT,
    "coverage.js": SCRIPT,
    "dom.js": SCRIPT,
    "exchange.js": SCRIPT,
    "faults.js": SCRIPT,
    "requests.js": SCRIPT,
    "systems.js": SCRIPT,
    "time.js": SCRIPT,
    "window.js": SCRIPT,
    "world.js": SCRIPT,
);

/// The page or one of its files, if that is what is asked for. Programs that do not ask for HTML never meet it.
pub fn answer(request: &Request) -> Option<Response> {
    if !matches!(request.method, Method::GET | Method::HEAD) {
        return None;
    }
    let path = gateway::without_world(&request.path);
    let below = path.strip_prefix(control::ROOT);
    if let Some(name) = below.and_then(|rest| rest.strip_prefix(FOLDER)) {
        let file = FILES.iter().find(|file| file.name == name)?;
        return Some(sent(request, file.media_type, file.text.to_owned()));
    }
    let place = Place::of(path, below)?;
    // Last, since what nearly all requests ask for is none of these places.
    if !asks_for_html(request) || gateway::fetches_token(request) {
        return None;
    }
    Some(match place {
        Place::Root => document(request, "_certmimic/page/"),
        Place::Folder => document(request, "page/"),
        Place::World => below_itself(path),
    })
}

/// Where browsers meet the page, by the way from there to its files.
enum Place {
    /// The root of the server or of a world, or that of the control API without its slash.
    Root,
    /// The root of the control API.
    Folder,
    /// A world without its slash.
    World,
}

impl Place {
    fn of(path: &str, below: Option<&str>) -> Option<Self> {
        match below {
            Some("") => Some(Self::Root),
            Some("/") => Some(Self::Folder),
            _ if path == "/" => Some(Self::Root),
            _ if gateway::is_world(path) => Some(Self::World),
            _ => None,
        }
    }
}

/// The document, with the way to its files as seen from where it stands.
fn document(request: &Request, folder: &str) -> Response {
    let text = DOCUMENT.replace("\"page/", &["\"", folder].concat());
    sent(request, "text/html; charset=utf-8", text).with(CONTENT_SECURITY_POLICY, POLICY)
}

/// To the address with a slash: relative addresses count from there.
fn below_itself(path: &str) -> Response {
    Response::empty(StatusCode::PERMANENT_REDIRECT).with(LOCATION, [path, "/"].concat())
}

fn sent(request: &Request, media_type: &'static str, text: String) -> Response {
    let response = |body: Bytes| {
        Response::new(StatusCode::OK, media_type, body)
            .with(CACHE_CONTROL, "no-cache")
            .with(VARY, "Accept, Accept-Encoding")
            .with(X_CONTENT_TYPE_OPTIONS, "nosniff")
            .with(REFERRER_POLICY, "no-referrer")
    };
    match compressed(&text).filter(|_| takes_gzip(request)) {
        Some(body) => response(body.into()).with(CONTENT_ENCODING, "gzip"),
        None => response(text.into()),
    }
}

fn compressed(text: &str) -> Option<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes()).ok()?;
    encoder.finish().ok()
}

/// Named, not merely covered by `*/*`: what programs send that do not care.
fn asks_for_html(request: &Request) -> bool {
    Accept::of(&request.headers).preferences().iter().any(|wanted| wanted.is("text/html"))
}

fn takes_gzip(request: &Request) -> bool {
    let offered = request.header(&ACCEPT_ENCODING).unwrap_or_default();
    offered.split(',').any(|coding| {
        let (name, quality) = coding.split_once(';').unwrap_or((coding, ""));
        name.trim().eq_ignore_ascii_case("gzip") && !matches!(quality.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
    })
}

#[cfg(test)]
mod tests {
    use http::HeaderMap;

    use super::*;

    const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    fn ask(path: &str, headers: &[(&'static str, &str)]) -> Option<Response> {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(*name, value.parse().unwrap());
        }
        answer(&Request {
            method: Method::GET,
            path: path.to_owned(),
            query: String::new(),
            headers: map,
            body: Bytes::new(),
            origin: "http://127.0.0.1:8080".into(),
            client_certificate: None,
        })
    }

    #[test]
    fn browsers_meet_it_at_the_root_of_the_server_of_a_world_and_of_the_control_api() {
        let html = [("accept", BROWSER)];
        for (path, script) in [
            ("/", "_certmimic/page/main.js"),
            ("/w/a/", "_certmimic/page/main.js"),
            ("/_certmimic", "_certmimic/page/main.js"),
            ("/_certmimic/", "\"page/main.js"),
            ("/w/a/_certmimic/", "\"page/main.js"),
        ] {
            let response = ask(path, &html).unwrap();
            let text = String::from_utf8(response.body.to_vec()).unwrap();
            assert!(text.contains(script), "{path}");
            assert_eq!(response.headers["content-security-policy"], POLICY, "{path}");
        }
        let moved = ask("/w/a", &html).unwrap();
        assert_eq!((moved.status.as_u16(), &moved.headers["location"]), (308, &"/w/a/".parse().unwrap()));
    }

    #[test]
    fn nobody_else_does() {
        let html = ("accept", BROWSER);
        assert!(ask("/", &[]).is_none());
        assert!(ask("/", &[("accept", "*/*")]).is_none());
        assert!(ask("/", &[("accept", "application/json")]).is_none());
        assert!(ask("/", &[("accept", "text/html;q=0, */*")]).is_none());
        assert!(ask("/", &[html, ("x-csrf-token", "Fetch")]).is_none());
        for path in ["/api/v1/", "/apiops", "/nowhere", "/_certmimic/health", "/_certmimic/page/nothing", "/w/a/api/v1"]
        {
            assert!(ask(path, &[html]).is_none(), "{path}");
        }
    }

    #[test]
    fn it_is_small_and_sent_compressed() {
        let whole: usize = FILES.iter().map(|file| file.text.len()).sum::<usize>() + DOCUMENT.len();
        assert!(whole <= 80 * 1024, "{whole} bytes");
        let packed = ask("/_certmimic/page/main.js", &[("accept-encoding", "br, gzip;q=0.8")]).unwrap();
        assert_eq!(packed.headers["content-encoding"], "gzip");
        let plain = ask("/_certmimic/page/main.js", &[("accept-encoding", "gzip;q=0")]).unwrap();
        assert!(packed.body.len() < plain.body.len() && !plain.headers.contains_key("content-encoding"));
    }

    #[test]
    fn every_file_that_is_named_is_there() {
        let names: Vec<&str> = FILES.iter().map(|file| file.name).collect();
        let quoted = |text: &'static str| text.split('"').chain(text.split('\'')).filter(|word| *word != "./");
        let texts = FILES.iter().map(|file| file.text).chain([DOCUMENT]);
        for named in texts.flat_map(quoted).filter(|word| word.starts_with("./") || word.starts_with("page/")) {
            let name = named.trim_start_matches("./").trim_start_matches("page/");
            assert!(names.contains(&name), "{named}");
        }
    }
}
