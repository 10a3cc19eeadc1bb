//! A server that parses requests, sends the same headers and the same bodies to all, and does nothing else.

use std::cell::Cell;
use std::sync::Arc;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::body::{Body as _, Incoming};
use hyper::service::service_fn;
use hyper::{HeaderMap, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};

/// What it sends.
#[derive(Clone)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

/// As many threads as certmimic takes.
pub fn runtime() -> Runtime {
    let workers = std::thread::available_parallelism().map_or(1, |cores| cores.get().min(4));
    Builder::new_multi_thread().worker_threads(workers).enable_all().build().unwrap()
}

/// Serves for ever: each connection gets the answers one after the other, and then from the first again.
pub async fn serve(listener: TcpListener, answers: Arc<[Answer]>) {
    while let Ok((stream, _)) = listener.accept().await {
        stream.set_nodelay(true).unwrap();
        let (answers, next) = (Arc::clone(&answers), Cell::new(0));
        let answer = service_fn(move |request: Request<Incoming>| {
            let Answer { status, headers, body } = answers.get(next.get()).unwrap();
            let mut response = Response::new(Full::new(body.clone()));
            *response.status_mut() = *status;
            *response.headers_mut() = headers.clone();
            next.set((next.get() + 1) % answers.len());
            async move {
                let body = request.into_body();
                if !body.is_end_stream() {
                    body.collect().await?;
                }
                Ok::<_, hyper::Error>(response)
            }
        });
        let connection = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), answer);
        tokio::spawn(connection);
    }
}
