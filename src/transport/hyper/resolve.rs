//! From a name to addresses.

use std::collections::VecDeque;
use std::io;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use tokio::sync::oneshot;

/// The system's resolver, which cannot be interrupted. Questions have threads of their own: those of the runtime would hold up
/// its end for as long as the resolver hangs.
#[derive(Default)]
pub(super) struct Resolver(Arc<Mutex<Desk>>);

#[derive(Default)]
struct Desk {
    waiting: VecDeque<Question>,
    /// How many threads look after the questions. There are none while there are no questions.
    threads: usize,
}

struct Question {
    host: String,
    port: u16,
    answer: oneshot::Sender<io::Result<Vec<SocketAddr>>>,
}

impl Resolver {
    /// The addresses of a host.
    pub(super) async fn addresses(&self, host: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
        if let Ok(address) = host.parse::<IpAddr>() {
            return Ok(vec![(address, port).into()]);
        }
        let (answer, answered) = oneshot::channel();
        self.ask(Question { host: host.to_owned(), port, answer })?;
        answered.await.map_err(io::Error::other)?
    }

    /// Has the question answered, if there are too many threads already then by the first of them that is free.
    fn ask(&self, question: Question) -> io::Result<()> {
        const THREADS: usize = 32;
        let mut desk = lock(&self.0);
        desk.waiting.push_back(question);
        if desk.threads < THREADS {
            let shared = Arc::clone(&self.0);
            let thread = thread::Builder::new().spawn(move || while answer_next(&shared) {});
            if let Err(error) = thread {
                desk.waiting.pop_back();
                return Err(error);
            }
            desk.threads += 1;
        }
        Ok(())
    }
}

/// Answers the question that has waited longest. Without one the thread ends.
fn answer_next(desk: &Mutex<Desk>) -> bool {
    /// As many addresses as can sensibly be tried.
    const MOST: usize = 64;
    let next = {
        let mut desk = lock(desk);
        let next = desk.waiting.pop_front();
        desk.threads -= usize::from(next.is_none());
        next
    };
    let Some(Question { host, port, answer }) = next else { return false };
    // Nobody may wait any longer.
    if !answer.is_closed() {
        let addresses = (&*host, port).to_socket_addrs();
        let _ = answer.send(addresses.map(|addresses| addresses.take(MOST).collect()));
    }
    true
}

fn lock(desk: &Mutex<Desk>) -> MutexGuard<'_, Desk> {
    // Nothing under this lock panics, and if it did, a list of questions would still be one.
    desk.lock().unwrap_or_else(PoisonError::into_inner)
}
