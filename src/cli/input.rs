//! The end of standard input: that of the program at its other end, however that ended.

use std::future::pending;
use std::{io, thread};

use tokio::sync::oneshot;

/// Waits for it, if it is to count; its name.
pub(super) async fn end(counts: bool) -> &'static str {
    if !counts {
        return pending().await;
    }
    let (sender, end) = oneshot::channel::<()>();
    // A thread of its own, since nothing ends a read but input; it goes with the process.
    thread::spawn(move || {
        let _all_the_same_on_an_error = io::copy(&mut io::stdin(), &mut io::sink());
        drop(sender);
    });
    let _always_dropped = end.await;
    "the end of input"
}
