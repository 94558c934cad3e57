//! A connection that ends, or pauses, at each byte of an exchange: a new one and one from the pool, over plain HTTP, TLS and
//! HTTP/2, judged by what the server has written down.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use authlete::{AuthleteCore, Backoff, Delivery};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::ledger::Ledger;
use super::server::{self, Protocol};
use super::{CREATE, DRY_RUN, call};
use crate::support::{Authority, RawServer, core};

/// How often a call passes, and how long it may take until then.
const ATTEMPTS: u32 = 3;

#[derive(Clone, Copy, Debug)]
enum End {
    Fin,
    Reset,
    /// The byte is late.
    Pause,
}

#[derive(Clone, Copy, Debug)]
enum Direction {
    Request,
    Response,
}

/// Passes bytes on between the client and the server, and interferes once.
#[derive(Clone, Default)]
struct Relay(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    /// What has passed since the last order, by direction.
    passed: [usize; 2],
    /// Where to interfere next, and how.
    order: Option<(Direction, usize, End)>,
}

impl Relay {
    async fn start(&self, server: SocketAddr) -> RawServer {
        let relay = self.clone();
        RawServer::start(move |client, _| relay.clone().run(client, server)).await
    }

    fn order(&self, order: Option<(Direction, usize, End)>) {
        *self.0.lock().unwrap() = State { order, ..State::default() };
    }

    fn passed(&self) -> [usize; 2] {
        self.0.lock().unwrap().passed
    }

    /// How many of these bytes pass before something happens to the next, and what.
    fn judge(&self, direction: Direction, count: usize) -> (usize, Option<End>) {
        let mut state = self.0.lock().unwrap();
        let passed = state.passed[direction as usize];
        let due = state.order.filter(|(of, after, _)| {
            *of as usize == direction as usize && (passed..passed + count).contains(after)
        });
        let (free, end) = match due {
            Some((_, after, end)) => (after - passed, Some(end)),
            None => (count, None),
        };
        if end.is_some() {
            state.order = None;
        }
        state.passed[direction as usize] += count;
        (free, end)
    }

    async fn run(self, mut client: TcpStream, server: SocketAddr) {
        let mut server = TcpStream::connect(server).await.unwrap();
        client.set_nodelay(true).unwrap();
        server.set_nodelay(true).unwrap();
        let (mut asked, mut answered) = ([0; 4096], [0; 4096]);
        loop {
            let (direction, bytes) = tokio::select! {
                count = client.read(&mut asked) => (Direction::Request, &asked[..count.unwrap_or(0)]),
                count = server.read(&mut answered) => (Direction::Response, &answered[..count.unwrap_or(0)]),
            };
            if bytes.is_empty() {
                return;
            }
            let (free, end) = self.judge(direction, bytes.len());
            let (first, rest) = bytes.split_at(free);
            let to = match direction {
                Direction::Request => &mut server,
                Direction::Response => &mut client,
            };
            let _ = to.write_all(first).await;
            match end {
                None => {}
                Some(End::Fin) => return,
                Some(End::Reset) => return client.set_zero_linger().unwrap(),
                Some(End::Pause) => {
                    tokio::time::sleep(Duration::from_millis(2)).await;
                    let _ = to.write_all(rest).await;
                }
            }
        }
    }
}

struct Trial {
    ledger: Arc<Ledger>,
    relay: Relay,
    relay_server: RawServer,
    authority: Authority,
    protocol: Protocol,
    /// What was said to be unsent, which the server may not have seen by the end.
    unsent: Vec<String>,
}

impl Trial {
    async fn start(protocol: Protocol) -> Self {
        let (ledger, relay, authority) = (Arc::new(Ledger::calm()), Relay::default(), Authority::new());
        let url = server::start(protocol, &authority, Arc::clone(&ledger)).await;
        let port = url.rsplit(':').next().unwrap().parse().unwrap();
        let relay_server = relay.start(SocketAddr::from(([127, 0, 0, 1], port))).await;
        Self { ledger, relay, relay_server, authority, protocol, unsent: Vec::new() }
    }

    fn core(&self) -> AuthleteCore {
        let port = self.relay_server.addr().port();
        let url = match self.protocol {
            Protocol::Plain => format!("http://127.0.0.1:{port}"),
            Protocol::Tls | Protocol::Http2 => format!("https://localhost:{port}"),
        };
        let backoff = Backoff::new().max_attempts(ATTEMPTS);
        let core = core(&url).tls(self.authority.trust().http2(true));
        core.retries(backoff).jitter(|| 0.0).build().unwrap()
    }

    /// Meets an interference with a creation, then with a dry run, and calls once more without one.
    async fn meet(&mut self, core: &AuthleteCore, number: u64, order: (Direction, usize, End)) {
        let once = format!("once-{number}");
        self.relay.order(Some(order));
        let result = call(core, CREATE, &once).await;
        let (done, refused) = self.ledger.of(&once);
        assert!(done <= 1 && refused == 0, "{order:?}: {once} was done {done} times");
        match result {
            Ok(()) => assert_eq!(done, 1, "{order:?}: {once} is said to be done"),
            Err(error) => {
                assert!(!matches!(order.2, End::Pause), "{order:?}: {error:?}");
                assert_ne!(error.delivery(), Delivery::Answered, "{order:?}: {error:?}");
                if error.delivery() == Delivery::NotSent {
                    self.unsent.push(once);
                }
            }
        }

        self.pass(core, &format!("once-between-{number}"), order).await;
        let safe = format!("safe-{number}");
        self.relay.order(Some(order));
        call(core, DRY_RUN, &safe).await.unwrap_or_else(|error| panic!("{order:?}: {error:?}"));

        self.pass(core, &format!("once-after-{number}"), order).await;
    }

    /// Calls once without an interference.
    async fn pass(&self, core: &AuthleteCore, id: &str, order: (Direction, usize, End)) {
        self.relay.order(None);
        call(core, CREATE, id).await.unwrap_or_else(|error| panic!("after {order:?}: {error:?}"));
        assert_eq!(self.ledger.of(id), (1, 0), "after {order:?}");
    }

    fn end(self) {
        self.ledger.check_once();
        for id in self.unsent {
            assert_eq!(self.ledger.of(&id), (0, 0), "{id} was said to be unsent");
        }
    }
}

/// The places at which to interfere with an exchange that sends and receives so many bytes.
fn orders([request, response]: [usize; 2], step: usize) -> impl Iterator<Item = (Direction, usize, End)> {
    let places = (0..request).map(|after| (Direction::Request, after));
    let places = places.chain((0..response).map(|after| (Direction::Response, after)));
    let ends = [End::Fin, End::Reset, End::Pause];
    let all = places.flat_map(move |(direction, after)| ends.map(|end| (direction, after, end)));
    // Of the pauses every sixteenth, so that they do not take longer than the rest.
    let few = all.filter(|(_, after, end)| !matches!(end, End::Pause) || after % 16 == 0);
    few.step_by(step)
}

/// Interferes with exchanges over connections from the pool, then with those over new ones, handshake included.
async fn cut(protocol: Protocol, kept_step: usize, new_step: usize) {
    let mut trial = Trial::start(protocol).await;
    let core = trial.core();
    call(&core, CREATE, "once-first").await.unwrap();
    let of_new = trial.relay.passed();
    trial.relay.order(None);
    call(&core, CREATE, "once-second").await.unwrap();
    let of_kept = trial.relay.passed();
    assert!(of_kept.iter().chain(&of_new).all(|&bytes| bytes > 10), "{of_kept:?} {of_new:?}");

    drop(core);

    let mut number = 0;
    let kept: Vec<_> = orders(of_kept, kept_step).collect();
    // No core meets so much that it would not repeat calls any more.
    for orders in kept.chunks(20) {
        let core = trial.core();
        call(&core, CREATE, &format!("once-begin-{number}")).await.unwrap();
        for order in orders {
            number += 1;
            trial.meet(&core, number, *order).await;
        }
    }
    for order in orders(of_new, new_step) {
        number += 1;
        trial.meet(&trial.core(), number, order).await;
    }
    assert!(number > 100, "{number} cuts prove nothing");
    trial.relay_server.deserted().await;
    trial.end();
}

#[tokio::test]
async fn a_connection_may_end_at_each_byte() {
    cut(Protocol::Plain, 1, 1).await;
}

#[tokio::test]
async fn a_connection_over_tls_may_end_at_any_byte() {
    cut(Protocol::Tls, 9, 61).await;
}

#[tokio::test]
async fn a_connection_of_http2_may_end_at_any_byte() {
    cut(Protocol::Http2, 9, 61).await;
}
