//! Sockets: listeners, the hyper service, limits, graceful stop.
