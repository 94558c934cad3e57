//! Networks, names and limits that only a machine of one's own has: namespaces, made by root. Without them, a test here says so
//! and does nothing.
#![cfg(target_os = "linux")]

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use authlete::{AuthleteCoreBuilder, AuthleteError, Delivery, RequestOptions};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::runtime::{Builder, Runtime};

use super::connect::NOT_CONNECTED;
use super::trial::{Repeated, Row, create as create_once, impatient, is_connect_timeout};
use crate::child;
use crate::fake::{create, ms};
use crate::support::{RawServer, simulator};

/// The network of the tests here, and its names: `many.test` has forty addresses at which nobody answers, `last.test` these and
/// one more, and of any other name the resolver waits to hear.
const SETUP: &str = r#"
set -e
ip link set lo up
ip route add unreachable 10.1.0.0/24
ip route add prohibit 10.2.0.0/24
ip route add blackhole 10.3.0.0/24
mount --make-rprivate /
mount -t tmpfs none /mnt
for number in $(seq 40); do
    echo "127.1.0.$number many.test"
    echo "127.1.0.$number last.test"
done >/mnt/hosts
echo "127.2.0.1 last.test" >>/mnt/hosts
echo "multi on" >/mnt/host.conf
echo "hosts: files dns" >/mnt/nsswitch.conf
printf 'nameserver 127.0.0.1\noptions timeout:5 attempts:1\n' >/mnt/resolv.conf
for file in hosts host.conf nsswitch.conf resolv.conf; do
    [ -e /etc/$file ] || touch /etc/$file
    mount --bind /mnt/$file "$(realpath /etc/$file)"
done
exec "$0" "$@"
"#;

/// Whether this process is in namespaces of its own. If not, starts one that is, for the named test, or says that it cannot.
fn is_apart(test: &str) -> bool {
    if child::is_child() {
        return true;
    }
    let possible = Command::new("unshare")
        .args(["-n", "-m", "ip", "link", "set", "lo", "up"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    if possible.is_ok_and(|status| status.success()) {
        let plain = child::command(test);
        let mut apart = Command::new("unshare");
        apart.args(["-n", "-m", "sh", "-c", SETUP]).arg(plain.get_program()).args(plain.get_args());
        for (name, value) in plain.get_envs() {
            match value {
                Some(value) => apart.env(name, value),
                None => apart.env_remove(name),
            };
        }
        child::passed(&apart.output().unwrap());
    } else {
        eprintln!("SKIPPED {test}: no namespaces can be had here");
    }
    false
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

/// A listener at all addresses whose queue is full, so that whatever comes is dropped.
struct BlackHole {
    port: u16,
    _listener: TcpListener,
    _queue: Vec<TcpStream>,
}

impl BlackHole {
    async fn new() -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_reuseport(true).unwrap();
        socket.bind("0.0.0.0:0".parse().unwrap()).unwrap();
        let listener = socket.listen(0).unwrap();
        let port = listener.local_addr().unwrap().port();
        let mut queue = Vec::new();
        while let Ok(queued) = tokio::time::timeout(ms(300), TcpStream::connect(("127.1.0.1", port))).await {
            queue.push(queued.unwrap());
        }
        Self { port, _listener: listener, _queue: queue }
    }
}

fn allowed(url: &str) -> AuthleteCoreBuilder {
    impatient(url).allow_plain_http(true)
}

#[test]
fn rows_04_05_06_hosts_without_a_way_to_them() {
    if !is_apart("faults::namespaces::rows_04_05_06_hosts_without_a_way_to_them") {
        return;
    }
    runtime().block_on(async {
        // Unreachable, prohibited, without any route, and swallowed by this machine.
        for (host, repeated) in [
            ("10.1.0.1", Repeated::Any),
            ("10.2.0.1", Repeated::Never),
            ("10.9.0.1", Repeated::Any),
            ("10.3.0.1", Repeated::Never),
        ] {
            let core = allowed(&format!("http://{host}:8080")).build().unwrap();
            Row { repeated, ..NOT_CONNECTED }.check(&core, None).await;
        }
    });
}

#[test]
fn many_dead_addresses_are_bounded_and_each_has_its_turn() {
    if !is_apart("faults::namespaces::many_dead_addresses_are_bounded_and_each_has_its_turn") {
        return;
    }
    runtime().block_on(async {
        let hole = BlackHole::new().await;
        let core = allowed(&format!("http://many.test:{}", hole.port))
            .connect_timeout(ms(800))
            .attempt_timeout(Duration::from_secs(60))
            .build()
            .unwrap();
        Row { kind: is_connect_timeout, ..NOT_CONNECTED }.check(&core, None).await;

        // The forty-first answers, and is reached in time, though every one before it takes all the time it is given.
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_reuseport(true).unwrap();
        socket.bind(format!("127.2.0.1:{}", hole.port).parse().unwrap()).unwrap();
        let listener = socket.listen(16).unwrap();
        let server = RawServer::over(listener, |mut stream, _| async move {
            use tokio::io::AsyncWriteExt;
            crate::support::read_request(&mut stream).await;
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}").await.unwrap();
        });
        let core = allowed(&format!("http://last.test:{}", hole.port))
            .connect_timeout(Duration::from_secs(6))
            .attempt_timeout(Duration::from_secs(60))
            .build()
            .unwrap();
        create_once(&core).await.unwrap();
        assert_eq!(server.connections(), 1);
    });
}

#[test]
fn a_resolver_that_hangs_holds_nobody_up() {
    if !is_apart("faults::namespaces::a_resolver_that_hangs_holds_nobody_up") {
        return;
    }
    let silent = std::net::UdpSocket::bind("127.0.0.1:53").unwrap();
    for runtime in [runtime(), Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap()] {
        let core = allowed("http://nobody.test:8080").connect_timeout(ms(300)).build().unwrap();
        let started = Instant::now();
        runtime.block_on(async {
            let short = RequestOptions::new().timeout(ms(200));
            for options in [None, Some(&short)] {
                let error = create(&core, options).await.unwrap_err();
                assert!(matches!(error, AuthleteError::RequestTimeout { .. }), "{error:?}");
                assert_eq!(error.delivery(), Delivery::NotSent);
            }
            // More at once than questions may be open. None waits longer than it may.
            let mut calls = tokio::task::JoinSet::new();
            for _ in 0..100 {
                let (core, short) = (core.clone(), short.clone());
                calls.spawn(async move { create(&core, Some(&short)).await.unwrap_err().delivery() });
            }
            assert!(calls.join_all().await.iter().all(|delivery| *delivery == Delivery::NotSent));
        });
        drop(runtime);
        let took = started.elapsed();
        assert!(took < Duration::from_secs(4), "the runtime's end took until {took:?}");
    }
    silent.set_nonblocking(true).unwrap();
    assert!(silent.recv_from(&mut [0; 512]).is_ok(), "nobody was asked");
}

/// Row 80. The limit is that of a process of its own.
#[test]
fn row_80_no_file_is_left_to_open() {
    const TEST: &str = "faults::namespaces::row_80_no_file_is_left_to_open";
    if !child::is_child() {
        let plain = child::command(TEST);
        let mut limited = Command::new("sh");
        limited
            .args(["-c", "ulimit -n 64; exec \"$0\" \"$@\""])
            .arg(plain.get_program())
            .args(plain.get_args());
        limited.envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))));
        child::passed(&limited.output().unwrap());
        return;
    }
    runtime().block_on(async {
        let simulator = simulator().await;
        let core = impatient(simulator.url()).build().unwrap();
        let mut files = Vec::new();
        while let Ok(file) = std::fs::File::open("/dev/null") {
            files.push(file);
        }
        assert!(files.len() > 10);
        NOT_CONNECTED.check(&core, None).await;
        assert_eq!(simulator.ledger().request_count(), 0);
        drop(files);
        create(&core, None).await.unwrap();
        assert_eq!(simulator.ledger().request_count(), 1);
    });
}

/// A wall clock that jumps an hour ahead or back whenever it is asked.
const CLOCK: &str = r#"
#define _GNU_SOURCE
#include <time.h>
#include <unistd.h>
#include <sys/syscall.h>
static int asked;
int clock_gettime(clockid_t clock, struct timespec *time) {
    int result = syscall(SYS_clock_gettime, clock, time);
    if (clock == CLOCK_REALTIME) time->tv_sec += (__atomic_fetch_add(&asked, 1, __ATOMIC_RELAXED) % 2) ? 3600 : -3600;
    return result;
}
"#;

/// Row 78.
#[test]
fn row_78_a_wall_clock_that_jumps_changes_no_limit() {
    const TEST: &str = "faults::namespaces::row_78_a_wall_clock_that_jumps_changes_no_limit";
    if !child::is_child() {
        let folder = std::env::temp_dir().join(format!("authlete-clock-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let (source, library) = (folder.join("clock.c"), folder.join("clock.so"));
        std::fs::write(&source, CLOCK).unwrap();
        let built = Command::new("cc").args(["-shared", "-fPIC", "-o"]).args([&library, &source]).status();
        if built.is_ok_and(|status| status.success()) {
            child::run(TEST, &[("LD_PRELOAD", library.to_str().unwrap())]);
        } else {
            eprintln!("SKIPPED {TEST}: no C compiler is here");
        }
        std::fs::remove_dir_all(&folder).unwrap();
        return;
    }
    let jumped = |earlier: std::time::SystemTime| {
        let now = std::time::SystemTime::now();
        now.duration_since(earlier).unwrap_or_else(|error| error.duration()) > Duration::from_secs(3_000)
    };
    assert!((0..4).any(|_| jumped(std::time::SystemTime::now())), "the clock does not jump");
    runtime().block_on(async {
        // Silence, with three attempts of 400 ms; then a wait of a second that the server asks for.
        let server = RawServer::start(|mut stream, number| async move {
            use tokio::io::AsyncWriteExt;
            crate::support::read_request(&mut stream).await;
            if number < 3 {
                crate::support::read_request(&mut stream).await;
            } else if number == 3 {
                let _ =
                    stream.write_all(b"HTTP/1.1 503 No\r\nretry-after: 1\r\ncontent-length: 0\r\n\r\n").await;
            } else {
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}").await;
            }
        })
        .await;
        let core = impatient(&server.url()).build().unwrap();
        let started = Instant::now();
        let error = super::trial::status(&core).await.unwrap_err();
        assert_eq!((error.is_timeout(), error.attempts()), (true, 3));
        assert!((ms(3_000)..ms(15_000)).contains(&started.elapsed()), "{:?}", started.elapsed());
        let started = Instant::now();
        super::trial::status(&core).await.unwrap();
        assert!((ms(1_000)..ms(15_000)).contains(&started.elapsed()), "{:?}", started.elapsed());
        assert_eq!(server.connections(), 5);
    });
}
