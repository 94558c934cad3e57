//! Where connections wait between calls.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use tokio::runtime::{self, Handle};
use tokio::task::AbortHandle;
use tokio::time::{Instant, sleep_until};

use super::common::spawn;
use super::connection::Connection;
use super::origin::Origin;
use crate::timer::after;

/// Who may use a connection: calls to this origin, on the runtime that drives it. To any other runtime it is of no use,
/// because its own may rest or end at any time.
#[derive(Clone, PartialEq)]
pub(super) struct Place {
    pub(super) runtime: runtime::Id,
    pub(super) origin: Origin,
}

impl Place {
    fn authority(&self) -> &str {
        self.origin.authority.as_str()
    }
}

/// Unused connections, and shared ones even while they are used.
///
/// A place stands here as long as its [`Reaper`] runs, which is a task of the place's runtime. So nothing is kept of a
/// runtime that has ended, and nothing of an origin that is no longer called.
pub(super) struct Shelf {
    keep: Duration,
    spots: Mutex<Spots>,
}

/// One for each place, in the order of their hosts: most programs have one, but some call thousands.
#[derive(Default)]
struct Spots(Vec<Spot>);

struct Spot {
    place: Place,
    idle: Vec<Idle>,
    reaper: Option<AbortHandle>,
}

struct Idle {
    connection: Connection,
    since: Instant,
    until: Instant,
}

impl Spots {
    /// The index of the place's spot, or the one that it is to have.
    fn find(&self, place: &Place) -> Result<usize, usize> {
        let first = self.0.partition_point(|spot| spot.place.authority() < place.authority());
        let mut same =
            self.0.iter().skip(first).take_while(|spot| spot.place.authority() == place.authority());
        same.position(|spot| spot.place == *place).map(|offset| first + offset).ok_or(first)
    }

    fn get_mut(&mut self, place: &Place) -> Option<&mut Spot> {
        let index = self.find(place).ok()?;
        self.0.get_mut(index)
    }

    fn insert(&mut self, spot: Spot) {
        let (Ok(index) | Err(index)) = self.find(&spot.place);
        self.0.insert(index, spot);
    }

    fn remove(&mut self, place: &Place) -> Option<Spot> {
        let index = self.find(place).ok()?;
        Some(self.0.remove(index))
    }
}

/// How long a connection lies here before its server may have acted without the runtime having noticed.
const RESTED: Duration = Duration::from_millis(1);

impl Shelf {
    /// One that keeps connections for this long.
    pub(super) fn new(keep: Duration) -> Self {
        Self { keep, spots: Mutex::default() }
    }

    fn lock(&self) -> MutexGuard<'_, Spots> {
        // Nothing under this lock panics, and if it did, a list of connections would still be one.
        self.spots.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The connection that was used last, or a share in one that has room for another exchange, and whether it has rested: that it
    /// has been here for so long that the server may have closed it without this runtime's having had the time to hear of it.
    pub(super) fn take(&self, place: &Place) -> Option<(Connection, bool)> {
        let mut spots = self.lock();
        let idle = &mut spots.get_mut(place)?.idle;
        let now = Instant::now();
        for index in (0..idle.len()).rev() {
            let candidate = idle.get(index)?;
            let rested = now.duration_since(candidate.since) >= RESTED;
            if candidate.connection.is_closed() || candidate.until <= now && !candidate.connection.is_lent() {
                idle.remove(index);
            } else if candidate.connection.is_exclusive() {
                return Some((idle.remove(index).connection, rested));
            } else if let Some(share) = candidate.connection.lend() {
                return Some((share, rested));
            }
        }
        None
    }

    /// Keeps a connection, for no longer than the server does. Only on the runtime that drives it is there anybody to close it
    /// in time.
    pub(super) fn put(
        self: &Arc<Self>,
        place: &Place,
        connection: Connection,
        server_keeps: Option<Duration>,
    ) {
        let keep = server_keeps.map_or(self.keep, |server| server.min(self.keep));
        if connection.is_closed() || keep.is_zero() {
            return;
        }
        let since = Instant::now();
        let until = after(since, keep);
        let mut spots = self.lock();
        if let Some(Spot { idle, .. }) = spots.get_mut(place) {
            match idle.iter_mut().rfind(|listed| listed.connection.is_same(&connection)) {
                Some(listed) => (listed.since, listed.until) = (since, until),
                None => idle.push(Idle { connection, since, until }),
            }
            return;
        }
        if Handle::try_current().is_ok_and(|runtime| runtime.id() == place.runtime) {
            let idle = vec![Idle { connection, since, until }];
            spots.insert(Spot { place: place.clone(), idle, reaper: None });
            // Unlocked, because a runtime that is ending drops the task at once.
            drop(spots);
            let reaper = Reaper { shelf: Arc::downgrade(self), place: place.clone() };
            let reaper = spawn(Box::pin(reaper.run(until)));
            if let Some(spot) = self.lock().get_mut(place) {
                spot.reaper = Some(reaper.abort_handle());
            }
        }
    }
}

impl Drop for Shelf {
    fn drop(&mut self) {
        for reaper in self.lock().0.iter().filter_map(|spot| spot.reaper.as_ref()) {
            reaper.abort();
        }
    }
}

/// Closes the connections of a place that have been idle for too long, as long as there are any.
struct Reaper {
    shelf: Weak<Shelf>,
    place: Place,
}

impl Reaper {
    async fn run(mut self, first: Instant) {
        let mut due = Some(first);
        while let Some(next) = due {
            sleep_until(next).await;
            due = self.reap();
        }
    }

    /// Closes what is due, and tells when something is due next.
    fn reap(&mut self) -> Option<Instant> {
        let shelf = self.shelf.upgrade()?;
        let mut spots = shelf.lock();
        let idle = &mut spots.get_mut(&self.place)?.idle;
        let now = Instant::now();
        for lent in idle.iter_mut().filter(|idle| idle.connection.is_lent()) {
            lent.until = after(now, shelf.keep);
        }
        idle.retain(|idle| idle.until > now && !idle.connection.is_closed());
        let next = idle.iter().map(|idle| idle.until).min();
        if next.is_none() {
            spots.remove(&self.place);
            // From here on the place may be another reaper's.
            self.shelf = Weak::new();
        }
        next
    }
}

impl Drop for Reaper {
    /// The runtime has ended, and everything that it drove.
    fn drop(&mut self) {
        if let Some(shelf) = self.shelf.upgrade() {
            let gone = shelf.lock().remove(&self.place);
            drop(gone);
        }
    }
}
