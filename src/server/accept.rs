//! One accept loop a listener, one task a connection, and the way they end.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::net::TcpStream;
use tokio::sync::{Semaphore, watch};
use tokio::time::{sleep, timeout};

use super::http1;
use super::origin::Known;
use super::shared::{Arrival, Shared, Surface};
use super::stream::Stream;

/// What a listener speaks below HTTP.
#[derive(Clone)]
pub enum Security {
    /// Nothing.
    Plain,
    /// TLS.
    #[cfg(feature = "tls")]
    Tls(tokio_rustls::TlsAcceptor),
}

/// Connections of one listener at a time; further ones wait in the system's queue until one ends. Below the usual limit
/// of 1,024 open files.
const MOST_CONNECTIONS: usize = 900;

/// Pause after a failure to accept, such as no more file handles.
const PAUSE: Duration = Duration::from_millis(50);

/// Accepts connections until told to stop, then waits until those that are open have ended.
pub async fn accept(
    listener: TcpListener,
    surface: Surface,
    security: Security,
    shared: Arc<Shared>,
    mut stop: watch::Receiver<bool>,
) {
    let listener = match tokio::net::TcpListener::from_std(listener) {
        Ok(listener) => listener,
        Err(error) => return tracing::error!("a listener cannot be watched: {error}"),
    };
    let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    let connections = GracefulShutdown::new();
    loop {
        let accepted = tokio::select! {
            biased;
            _ = stop.changed() => break,
            accepted = next(&listener, &places) => accepted,
        };
        let Some((stream, place)) = accepted else { continue };
        let connection =
            serve(stream, surface, security.clone(), Arc::clone(&shared), connections.watcher(), stop.clone());
        tokio::spawn(async move {
            connection.await;
            drop(place);
        });
    }
    drop(listener);
    connections.shutdown().await;
}

/// Tells the accept loops to stop and waits for them, at most as long as the grace period.
pub async fn drained(stop: watch::Sender<bool>, grace: Duration) {
    stop.send_replace(true);
    if timeout(grace, stop.closed()).await.is_err() {
        tracing::warn!("requests still under way after {} s were cut off", grace.as_secs());
    }
}

async fn next(
    listener: &tokio::net::TcpListener,
    places: &Arc<Semaphore>,
) -> Option<(TcpStream, tokio::sync::OwnedSemaphorePermit)> {
    let place = Arc::clone(places).acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, _)) => Some((stream, place)),
        Err(error) => {
            tracing::warn!("a connection could not be accepted: {error}");
            sleep(PAUSE).await;
            None
        }
    }
}

async fn serve(
    socket: TcpStream,
    surface: Surface,
    security: Security,
    shared: Arc<Shared>,
    watcher: Watcher,
    stop: watch::Receiver<bool>,
) {
    // Answers are written whole; waiting to join them with others would only delay them.
    let _best_effort = socket.set_nodelay(true);
    let local = socket.local_addr().unwrap_or_else(|_| SocketAddr::from(([127, 0, 0, 1], 0)));
    let arrival = Arrival { local, surface, secure: false, client_certificate: None, origin: Known::default() };
    let stream = Stream::new(socket, shared.timeouts.write);
    match security {
        Security::Plain => {
            drop(stop);
            http1::serve(stream, shared, arrival, watcher).await;
        }
        #[cfg(feature = "tls")]
        Security::Tls(acceptor) => super::tls::serve(stream, &acceptor, shared, arrival, watcher, stop).await,
    }
}
