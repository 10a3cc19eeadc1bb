//! Connections that speak HTTP/1.1, or 1.0.

use std::sync::Arc;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::Watcher;
use tokio::io::{AsyncRead, AsyncWrite};

use super::service;
use super::shared::{Arrival, Shared};

/// Most bytes of a request's head; more is answered with 431. Tokens of a tenant reach 16 KiB.
pub const MOST_HEAD_BYTES: usize = 64 * 1024;

/// Serves a connection to its end.
pub async fn serve<S>(stream: S, shared: Arc<Shared>, arrival: Arrival, watcher: Watcher)
where
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
{
    let (head, arrival) = (shared.timeouts.head, Arc::new(arrival));
    let service = service_fn(move |request| service::answer(Arc::clone(&shared), Arc::clone(&arrival), request));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(head)
        .max_header_size(MOST_HEAD_BYTES)
        .half_close(true)
        .serve_connection(TokioIo::new(stream), service);
    if let Err(error) = watcher.watch(connection).await {
        tracing::debug!("a connection ended early: {error}");
    }
}
