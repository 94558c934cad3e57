//! The task of a connection.

use std::collections::VecDeque;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Weak};
use std::task::Poll;
use std::time::Duration;

use bytes::Bytes;
use h2::Ping;
use h2::client::SendRequest;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::{Instant, sleep_until};
use tokio_rustls::client::TlsStream;

use super::shared::{Opening, Order, Refused, Shared, Slot};
use crate::runtime::after;

/// Reads and writes, opens streams as the server takes them, and asks a server that is silent while something is under way
/// whether it is there (RFC 9113 section 6.7). Ends if there is no answer for as long again.
pub(super) async fn drive(
    connection: h2::client::Connection<TlsStream<tokio::net::TcpStream>, Bytes>,
    opener: SendRequest<Bytes>,
    mut orders: UnboundedReceiver<Order>,
    interval: Duration,
    shared: Weak<Shared>,
) {
    let mut connection = pin!(connection);
    let mut pings = connection.ping_pong();
    let mut clock = pin!(sleep_until(after(Instant::now(), interval)));
    let (mut asked, mut wanted, mut silent, mut looked) = (false, false, false, 0);
    let mut queue = VecDeque::new();
    poll_fn(|context| {
        while let Poll::Ready(Some(order)) = orders.poll_recv(context) {
            match order {
                Order::Ping => wanted = true,
                Order::Look => {}
                Order::Open(opening) => queue.push_back(opening),
            }
        }
        while let Some(pings) = &mut pings {
            if asked && pings.poll_pong(context).is_ready() {
                (asked, silent) = (false, false);
                if let Some(shared) = shared.upgrade() {
                    shared.heard();
                }
            }
            if std::mem::take(&mut wanted) {
                // One that is still unanswered will do.
                asked |= !asked && pings.send_ping(Ping::opaque()).is_ok();
            }
            if clock.as_mut().poll(context).is_pending() {
                break;
            }
            clock.as_mut().reset(after(Instant::now(), interval));
            let Some(shared) = shared.upgrade() else { break };
            let was_silent = silent;
            let heard = shared.heard.load(Ordering::Acquire);
            silent = shared.lent.load(Ordering::Acquire) > 0 && heard <= looked;
            looked = shared.age();
            if silent && was_silent {
                return Poll::Ready(());
            }
            wanted = silent;
        }
        loop {
            // What the server has said comes first: it may take fewer streams than before.
            if connection.as_mut().poll(context).is_ready() {
                return Poll::Ready(());
            }
            let Some(shared) = shared.upgrade() else { return Poll::Pending };
            let limit = connection.max_concurrent_send_streams();
            shared.told(limit);
            let opened = open_streams(&mut queue, &opener, &shared, limit);
            shared.queued.store(queue.len(), Ordering::Release);
            if !opened {
                return Poll::Pending;
            }
        }
    })
    .await;
    orders.close();
    while let Ok(order) = orders.try_recv() {
        if let Order::Open(opening) = order {
            queue.push_back(opening);
        }
    }
    for opening in queue {
        let Opening { request, reply, .. } = *opening;
        let _ = reply.send(Err(Refused::Unsent(request)));
    }
    if let Some(shared) = shared.upgrade() {
        shared.retired.store(true, Ordering::Release);
        shared.changed.notify_waiters();
    }
}

/// Opens as many of the streams that are waited for as the server takes, and tells whether there were any.
fn open_streams(
    queue: &mut VecDeque<Box<Opening>>,
    opener: &SendRequest<Bytes>,
    shared: &Arc<Shared>,
    limit: usize,
) -> bool {
    let mut opened = false;
    while shared.open.load(Ordering::Acquire) < limit {
        let Some(opening) = queue.pop_front() else { break };
        let Opening { request, is_complete, progress, reply } = *opening;
        // Nobody may wait any more.
        if reply.is_closed() {
            continue;
        }
        let result = if progress.sending() {
            opened = true;
            let slot = Slot::new(shared);
            let stream = opener.clone().send_request(request, is_complete);
            stream.map(|(response, stream)| (response, stream, slot)).map_err(Refused::Failed)
        } else {
            Err(Refused::Late)
        };
        // A stream whose call is gone is reset.
        let _ = reply.send(result);
    }
    opened
}
