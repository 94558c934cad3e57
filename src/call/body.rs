//! A response's body, read within all bounds.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::time::Duration;

use bytes::Bytes;
use http_body::Body;
use tokio::task::consume_budget;
use tokio::time::Instant;

use crate::error::{AuthleteError, TimeoutPhase};
use crate::exchange::Delivery;
use crate::runtime::{Race, Timer, after, catch_panic};
use crate::transport::ResponseBody;

/// Reads a body within all bounds.
pub(super) struct BodyReader {
    pub(super) body: ResponseBody,
    pub(super) limit: usize,
    pub(super) deadline: Instant,
    /// What it means if the deadline passes.
    pub(super) phase: TimeoutPhase,
    pub(super) stall: Duration,
}

pub(super) enum Unread {
    TooLarge,
    Failed(AuthleteError),
}

impl BodyReader {
    /// Reads to the end; with `cut`, as much as is allowed and can be had.
    pub(super) async fn read(&mut self, timer: &mut Timer<'_>, cut: bool) -> Result<Bytes, Unread> {
        let declared = guarded(|| self.body.size_hint().lower())?;
        if !cut && declared > self.limit as u64 {
            return Err(Unread::TooLarge);
        }
        let mut first = Bytes::new();
        let mut joined = Vec::new();
        while !guarded(|| self.body.is_end_stream())? {
            if !first.is_empty() {
                // A body that is always ready must neither pass the deadline nor keep the thread.
                if Instant::now() < self.deadline {
                    consume_budget().await;
                } else if cut {
                    break;
                } else {
                    return Err(Unread::Failed(late(self.phase)));
                }
            }
            let mut data = match self.next(timer).await {
                Ok(Some(data)) => data,
                Ok(None) => break,
                Err(_) if cut => break,
                Err(error) => return Err(Unread::Failed(error)),
            };
            let left = self.limit - first.len().max(joined.len());
            let over = data.len() > left;
            if over && !cut {
                return Err(Unread::TooLarge);
            }
            if over {
                // A part of a buffer would keep all of it.
                data = Bytes::copy_from_slice(data.get(..left).unwrap_or_default());
            }
            // A body in one piece, which is the rule, is not copied.
            if first.is_empty() {
                first = data;
            } else {
                if joined.is_empty() {
                    // The server's claim is only a hint: if there is no memory for it, the buffer grows instead.
                    let _ = joined.try_reserve(usize::try_from(declared).unwrap_or(0).min(self.limit));
                    joined.extend_from_slice(&first);
                }
                joined.extend_from_slice(&data);
            }
            if over {
                break;
            }
        }
        Ok(if joined.is_empty() { first } else { joined.into() })
    }

    /// The next piece of data; `None` at the end.
    async fn next(&mut self, timer: &mut Timer<'_>) -> Result<Option<Bytes>, AuthleteError> {
        let stalled = after(Instant::now(), self.stall);
        let (deadline, phase) = if stalled < self.deadline {
            (stalled, TimeoutPhase::Stall)
        } else {
            (self.deadline, self.phase)
        };
        loop {
            let frame = pin!(poll_fn(|context| Pin::new(&mut self.body).poll_frame(context)));
            match timer.race(deadline, frame).await {
                Race::Won(None) => return Ok(None),
                Race::Won(Some(Ok(frame))) => match frame.into_data() {
                    Ok(data) if !data.is_empty() => return Ok(Some(data)),
                    // Trailers, or an empty frame. An endless run of them must not hold the thread or pass the deadline.
                    _ if Instant::now() >= deadline => return Err(late(phase)),
                    _ => consume_budget().await,
                },
                Race::Won(Some(Err(error))) => return Err(AuthleteError::transport(error.within_response())),
                Race::TimedOut => return Err(late(phase)),
                Race::Panicked => return Err(panicked()),
            }
        }
    }
}

/// Calls a method of the body, and catches its panics.
fn guarded<T>(question: impl FnOnce() -> T) -> Result<T, Unread> {
    catch_panic(question).ok_or_else(|| Unread::Failed(panicked()))
}

fn late(phase: TimeoutPhase) -> AuthleteError {
    AuthleteError::timeout(phase, Delivery::MaybeSent)
}

fn panicked() -> AuthleteError {
    AuthleteError::unexpected("the response panicked", Delivery::MaybeSent)
}
