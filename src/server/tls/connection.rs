//! One TLS connection: the handshake, then HTTP/2 or HTTP/1.1, whichever was agreed on.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use hyper::server::conn::http2;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::graceful::Watcher;
use tokio::sync::watch;
use tokio::time::timeout;
use tokio_rustls::server::TlsStream;
use tokio_rustls::{TlsAcceptor, rustls::ServerConnection};

use crate::server::http1::{self, MOST_HEAD_BYTES};
use crate::server::service;
use crate::server::shared::{Arrival, Shared};
use crate::server::stream::Stream;

/// Requests of one connection at a time.
const MOST_STREAMS: u32 = 100;

/// For the answer to a ping, after which a client is taken for gone.
const PING: Duration = Duration::from_secs(20);

/// Serves a connection to its end. A handshake is cut off when the server stops: nobody waits for an answer yet.
pub async fn serve(
    stream: Stream,
    acceptor: &TlsAcceptor,
    shared: Arc<Shared>,
    arrival: Arrival,
    watcher: Watcher,
    mut stop: watch::Receiver<bool>,
) {
    let handshake = timeout(shared.timeouts.head, acceptor.accept(stream));
    let shaken = tokio::select! {
        _ = stop.wait_for(|stopped| *stopped) => return,
        shaken = handshake => shaken,
    };
    drop(stop);
    let stream = match shaken {
        Ok(Ok(stream)) => stream,
        Ok(Err(error)) => return tracing::info!("a TLS handshake failed: {error}"),
        Err(_) => return tracing::debug!("a TLS handshake was not complete in time"),
    };
    let session: &ServerConnection = stream.get_ref().1;
    let certificate = session.peer_certificates().and_then(|chain| chain.first());
    let client_certificate = certificate.map(|der| Bytes::copy_from_slice(der));
    let arrival = Arrival { secure: true, client_certificate, ..arrival };
    if session.alpn_protocol() == Some(b"h2") {
        http2(stream, shared, arrival, watcher).await;
    } else {
        http1::serve(stream, shared, arrival, watcher).await;
    }
}

async fn http2(stream: TlsStream<Stream>, shared: Arc<Shared>, arrival: Arrival, watcher: Watcher) {
    let (head, arrival) = (shared.timeouts.head, Arc::new(arrival));
    let service = service_fn(move |request| service::answer(Arc::clone(&shared), Arc::clone(&arrival), request));
    let connection = http2::Builder::new(TokioExecutor::new())
        .timer(TokioTimer::new())
        .keep_alive_interval(head)
        .keep_alive_timeout(PING)
        .max_concurrent_streams(MOST_STREAMS)
        .max_header_list_size(u32::try_from(MOST_HEAD_BYTES).unwrap_or(u32::MAX))
        .serve_connection(TokioIo::new(stream), service);
    if let Err(error) = watcher.watch(connection).await {
        tracing::debug!("a connection ended early: {error}");
    }
}
