//! The bare server as a program: `bare FILE` writes its port to the file, and answers until it is ended.

mod server;

use std::sync::Arc;

use bytes::Bytes;
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::{HeaderMap, StatusCode};
use tokio::net::TcpListener;

/// About as long as an entity of a system.
const LENGTH: usize = 512;

fn main() {
    let file = std::env::args().nth(1).expect("the file to write the port to");
    server::runtime().block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        std::fs::write(file, listener.local_addr().unwrap().port().to_string()).unwrap();
        let headers = HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static("application/json"))]);
        let answer = server::Answer { status: StatusCode::OK, headers, body: Bytes::from_static(&[b'x'; LENGTH]) };
        server::serve(listener, Arc::new([answer])).await;
    });
}
