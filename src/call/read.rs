//! A response's body, read within all bounds.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::time::Duration;

use bytes::Bytes;
use http_body::Body;
use tokio::time::Instant;

use crate::delivery::Delivery;
use crate::error::{AuthleteError, TimeoutPhase};
use crate::timer::{Race, Timer, after};
use crate::transport::ResponseBody;

/// Reads a body within all bounds.
pub(super) struct Reader {
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

impl Reader {
    /// Reads to the end; with `cut`, as much as is allowed and can be had.
    pub(super) async fn read(&mut self, timer: &mut Timer<'_>, cut: bool) -> Result<Bytes, Unread> {
        let declared = self.body.size_hint().lower();
        if !cut && declared > self.limit as u64 {
            return Err(Unread::TooLarge);
        }
        let mut whole: Option<Bytes> = None;
        let mut parts = Vec::new();
        while !self.body.is_end_stream() {
            let data = match self.next(timer).await {
                Ok(Some(data)) => data,
                Ok(None) => break,
                Err(_) if cut => break,
                Err(error) => return Err(Unread::Failed(error)),
            };
            // A body in one piece, which is the rule, is not copied.
            if parts.is_empty() {
                match whole.take() {
                    None if data.len() <= self.limit => {
                        whole = Some(data);
                        continue;
                    }
                    None => {}
                    Some(first) => {
                        let room = usize::try_from(declared).unwrap_or(self.limit).min(self.limit);
                        parts.reserve(room.max(first.len() + data.len()));
                        parts.extend_from_slice(&first);
                    }
                }
            }
            let left = self.limit - parts.len();
            if data.len() > left {
                if !cut {
                    return Err(Unread::TooLarge);
                }
                parts.extend_from_slice(data.get(..left).unwrap_or_default());
                break;
            }
            parts.extend_from_slice(&data);
        }
        Ok(whole.unwrap_or_else(|| parts.into()))
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
            return match timer.race(deadline, frame).await {
                Race::Won(None) => Ok(None),
                Race::Won(Some(Ok(frame))) => match frame.into_data() {
                    Ok(data) => Ok(Some(data)),
                    // Trailers.
                    Err(_) => continue,
                },
                Race::Won(Some(Err(error))) => Err(AuthleteError::transport(error)),
                Race::TimedOut => Err(AuthleteError::timeout(phase)),
                Race::Panicked => {
                    Err(AuthleteError::unexpected("the response panicked", Delivery::MaybeSent))
                }
            };
        }
    }
}
