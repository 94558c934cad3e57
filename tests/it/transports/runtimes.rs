//! One core over many runtimes, few, poor ones, and none.

use std::future::Future;
use std::sync::mpsc;
use std::time::Duration;

use authlete::funcs::token_operations_auth_token_create_batch_api;
use authlete::models::operations::AuthTokenCreateBatchApiRequest;
use authlete::transport::{HyperTransport, Progress};
use authlete::{AuthleteCore, Delivery, RequestOptions, Transport};
use authlete_simulator::Simulator;
use tokio::io::AsyncWriteExt;
use tokio::runtime::{Builder, Runtime};

use super::misbehaving::{assert_unexpected, poll_once};
use crate::child;
use crate::fake::{batch_status, create, ms};
use crate::support::{RawServer, core, read_request, simulator, token};
#[cfg(target_os = "linux")]
use crate::support::{open_files, resident};

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

/// A simulator that is at work whatever runtime the test is in.
fn elsewhere() -> (Runtime, Simulator) {
    let outer = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let simulator = outer.block_on(simulator());
    (outer, simulator)
}

/// Waits, on this thread, until something holds.
fn eventually(holds: impl Fn() -> bool) {
    for _ in 0..2_000 {
        if holds() {
            return;
        }
        std::thread::sleep(ms(5));
    }
    panic!("it never came to be");
}

/// Row 85. In a process of its own, whose files and memory no other test has to do with.
#[cfg(target_os = "linux")]
#[test]
fn row_85_a_runtime_for_each_call_leaves_nothing_behind() {
    if !child::is_child() {
        child::run("transports::runtimes::row_85_a_runtime_for_each_call_leaves_nothing_behind", &[]);
        return;
    }
    let (_outer, simulator) = elsewhere();
    let core = core(simulator.url()).build().unwrap();
    let calls = |count: usize| {
        for number in 0..count {
            let several = Builder::new_multi_thread().worker_threads(1).enable_all().build();
            let runtime = if number % 10 == 0 { several.unwrap() } else { runtime() };
            // A refusal will do, and takes the simulator no memory.
            runtime.block_on(batch_status(&core, None)).unwrap_err();
        }
    };
    calls(200);
    let (files, memory) = (open_files(), resident());
    calls(800);
    // The server may be a few connections behind, but not hundreds.
    eventually(|| open_files() <= files + 4);
    // At 14.5 kB a call it would be 11 MiB. The simulator's ledger of requests takes some.
    let grown = resident().saturating_sub(memory);
    assert!(grown < 6 << 10, "800 calls took {grown} KiB");
    drop(core);
    eventually(|| simulator.ledger().open_connections() == 0);
}

/// Row 86.
#[test]
fn row_86_a_resting_runtime_keeps_no_other_from_closing_its_connections() {
    let (_outer, simulator) = elsewhere();
    let core = core(simulator.url()).idle_timeout(ms(100)).build().unwrap();
    let (resting, busy) = (runtime(), runtime());
    resting.block_on(create(&core, None)).unwrap();
    for _ in 0..2 {
        busy.block_on(async {
            let (first, second, third) =
                tokio::join!(create(&core, None), create(&core, None), create(&core, None));
            assert!(first.is_ok() && second.is_ok() && third.is_ok());
            assert_eq!(simulator.ledger().open_connections(), 4);
            for _ in 0..1_000 {
                if simulator.ledger().open_connections() == 1 {
                    break;
                }
                tokio::time::sleep(ms(5)).await;
            }
            assert_eq!(simulator.ledger().open_connections(), 1);
        });
    }
    // The resting one closes its own as soon as it is awake.
    resting.block_on(async {
        create(&core, None).await.unwrap();
        tokio::time::sleep(ms(400)).await;
    });
    eventually(|| simulator.ledger().open_connections() == 0);
}

/// What is kept for an origin is a task that looks after its connections: it ends with them, or with the core.
#[test]
fn nothing_is_kept_of_origins_that_are_no_longer_called() {
    let (_outer, simulator) = elsewhere();
    let port = simulator.addr().port();
    let spelled = |number: u32| {
        let letters = "localhost".chars().enumerate();
        let upper = |(at, letter): (usize, char)| {
            if number >> at & 1 == 1 { letter.to_ascii_uppercase() } else { letter }
        };
        format!("http://{}:{port}", letters.map(upper).collect::<String>())
    };
    let inner = runtime();
    let tasks = || inner.metrics().num_alive_tasks();
    inner.block_on(async {
        let built =
            |idle| core(simulator.url()).idle_timeout(idle).connect_timeout(Duration::from_secs(20)).build();
        let none_left = async || {
            for _ in 0..2_000 {
                if tasks() == 0 {
                    return;
                }
                tokio::time::sleep(ms(5)).await;
            }
            panic!("{} tasks are left", tasks());
        };
        let visit = async |core: &AuthleteCore| {
            for number in 0..200 {
                let there = RequestOptions::new().base_url(&spelled(number));
                create(core, Some(&there)).await.unwrap();
            }
        };
        let forgetful = built(ms(200)).unwrap();
        visit(&forgetful).await;
        none_left().await;

        let keeping = built(Duration::from_secs(3_600)).unwrap();
        visit(&keeping).await;
        assert!(tasks() >= 200);
        drop(keeping);
        none_left().await;
    });
    eventually(|| simulator.ledger().open_connections() == 0);
}

/// What a server does 20 ms after each answer: it says this, and closes the connection or not.
const MEANWHILE: [(&str, bool); 4] = [
    ("", true),
    ("HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\n\r\n", true),
    ("HTTP/1.1 200 OK\r\ncontent-length: 25\r\n\r\n{\"requestId\":\"of-nobody\"}", false),
    ("HTTP/1.1 200 OK\r\ncontent-length: 25\r\n\r\n{\"requestId\":\"of-nobody\"}", true),
];

/// Row 43 and 45, where the runtime has not been awake to see what happened.
#[test]
fn what_a_server_did_while_the_runtime_rested_is_seen_before_a_connection_is_used_again() {
    let (outer, _) = elsewhere();
    for (text, closes) in MEANWHILE {
        let (report, reports) = mpsc::channel();
        let server = outer.block_on(RawServer::start(move |mut stream, _| {
            let report = report.clone();
            async move {
                while read_request(&mut stream).await.is_some() {
                    let answer = "HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n{\"requestId\":\"mine\"}";
                    stream.write_all(answer.as_bytes()).await.unwrap();
                    tokio::time::sleep(ms(20)).await;
                    let _ = stream.write_all(text.as_bytes()).await;
                    if closes {
                        drop(stream);
                        let _ = report.send(());
                        return;
                    }
                    let _ = report.send(());
                }
            }
        }));
        let core = core(&server.url()).build().unwrap();
        let call = async || {
            let request = AuthTokenCreateBatchApiRequest::new([token()]);
            let answer = token_operations_auth_token_create_batch_api(&core, &request, None).await.unwrap();
            assert_eq!(answer.value.request_id.as_deref(), Some("mine"), "{text}");
        };
        let rest = || reports.recv_timeout(Duration::from_secs(10)).expect("the server does nothing");
        let inner = runtime();
        for _ in 0..5 {
            inner.block_on(call());
            rest();
        }
        // The same where the thread is busy with something else.
        inner.block_on(async {
            for _ in 0..5 {
                call().await;
                rest();
            }
        });
    }
}

/// None, and those that lack something.
fn poor() -> [Option<Runtime>; 4] {
    let io = Builder::new_current_thread().enable_io().build().unwrap();
    let time = Builder::new_current_thread().enable_time().build().unwrap();
    [None, Some(Builder::new_current_thread().build().unwrap()), Some(io), Some(time)]
}

fn on<T>(runtime: Option<&Runtime>, future: impl Future<Output = T>) -> T {
    match runtime {
        Some(runtime) => runtime.block_on(future),
        None => poll_once(future),
    }
}

/// Row 87, below the core.
#[test]
fn row_87_the_built_in_transport_needs_a_runtime_and_says_so() {
    let transport = HyperTransport::new().unwrap();
    for runtime in poor() {
        let request = http::Request::get("http://127.0.0.1:1/").body(bytes::Bytes::new()).unwrap();
        let error = on(runtime.as_ref(), transport.send(request, Progress::default())).unwrap_err();
        assert_eq!((error.delivery(), error.is_transient()), (Delivery::NotSent, false));
        assert!(error.to_string().contains("runtime"), "{error}");
    }
}

/// Row 87, with the transport as it is and given by hand.
#[test]
fn row_87_a_core_needs_a_runtime_and_says_so() {
    for runtime in poor() {
        let builder = || core("http://127.0.0.1:1").retries(crate::fake::attempts(3));
        for builder in [builder(), builder().transport(HyperTransport::new().unwrap())] {
            let error = on(runtime.as_ref(), create(&builder.build().unwrap(), None)).unwrap_err();
            assert_unexpected(&error, Delivery::NotSent);
        }
    }
}
