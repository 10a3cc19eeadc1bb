//! A server that parses requests, sends the same headers and the same body to each, and does nothing else.

use std::convert::Infallible;

use bytes::Bytes;
use http_body_util::Full;
use hyper::service::service_fn;
use hyper::{HeaderMap, Response};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};

/// As many threads as certmimic takes.
pub fn runtime() -> Runtime {
    let workers = std::thread::available_parallelism().map_or(1, |cores| cores.get().min(4));
    Builder::new_multi_thread().worker_threads(workers).enable_all().build().unwrap()
}

/// Serves for ever.
pub async fn serve(listener: TcpListener, headers: HeaderMap, body: Bytes) {
    while let Ok((stream, _)) = listener.accept().await {
        stream.set_nodelay(true).unwrap();
        let (headers, body) = (headers.clone(), body.clone());
        let answer = service_fn(move |_| {
            let mut response = Response::new(Full::new(body.clone()));
            *response.headers_mut() = headers.clone();
            async move { Ok::<_, Infallible>(response) }
        });
        let connection = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), answer);
        tokio::spawn(connection);
    }
}
