//! Servers that send more frames than anybody asked for. Other calls of the runtime keep their limits.

use std::time::Duration;

use authlete::{AuthleteCore, RetryConfig};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::Instant;

use super::wire::start;
use crate::faults::trial::create;
use crate::support::{RawServer, assert_discreet, core, read_request, resident};

/// A frame without a payload's length: kind, flags, stream, payload.
type Flood = (&'static str, u8, u8, u32, &'static [u8]);

const FLOODS: [Flood; 6] = [
    ("PING", 6, 0, 0, b"12345678"),
    ("unasked PONG", 6, 1, 0, b"12345678"),
    ("SETTINGS", 4, 0, 0, &[0, 3, 0, 0, 0, 100]),
    ("PRIORITY", 2, 0, 1, &[0, 0, 0, 0, 15]),
    ("WINDOW_UPDATE", 8, 0, 0, &[0, 0, 0, 1]),
    ("unknown", 0x77, 0, 0, b"what is this?"),
];

/// A server that, once it has a request, sends this frame as fast as it can, and reads what comes.
async fn flooding(flood: Flood) -> (RawServer, AuthleteCore) {
    let (_, kind, flags, stream, payload) = flood;
    let length = u8::try_from(payload.len()).unwrap();
    let mut frame = vec![0, 0, length, kind, flags];
    frame.extend(stream.to_be_bytes());
    frame.extend(payload);
    let frames = frame.repeat(2_000);
    let (server, core) = start(&[], move |mut wire, _| {
        let frames = frames.clone();
        async move {
            if wire.request().await.is_none() {
                return;
            }
            let (mut reader, mut writer) = tokio::io::split(wire.into_inner());
            let reading = async { while reader.read(&mut [0; 65_536]).await.is_ok_and(|count| count > 0) {} };
            let writing = async { while writer.write_all(&frames).await.is_ok() {} };
            tokio::select! {
                () = reading => {}
                () = writing => {}
            }
        }
    })
    .await;
    let core = core.retries(RetryConfig::None).attempt_timeout(Duration::from_secs(1)).build().unwrap();
    (server, core)
}

#[test]
fn row_101_a_flood_of_frames_holds_up_nobody_else() {
    let outer = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let calm = outer.block_on(RawServer::start(|mut stream, _| async move {
        while read_request(&mut stream).await.is_some() {
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}").await.unwrap();
        }
    }));
    let calm = core(&calm.url()).build().unwrap();
    for flood in FLOODS {
        let (server, flooded) = outer.block_on(flooding(flood));
        // One thread drives both.
        let inner = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        inner.block_on(async {
            create(&calm).await.unwrap();
            let before = resident();
            let started = Instant::now();
            let under_flood = tokio::spawn({
                let flooded = flooded.clone();
                async move { create(&flooded).await }
            });
            let mut slowest = Duration::ZERO;
            let mut calls = 0;
            while !under_flood.is_finished() {
                let begun = Instant::now();
                create(&calm).await.unwrap();
                slowest = slowest.max(begun.elapsed());
                calls += 1;
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            let error = under_flood.await.unwrap().unwrap_err();
            assert_discreet(&error);
            // Its own limit, or the end of a connection that h2 has had enough of.
            assert!(started.elapsed() < Duration::from_secs(10), "{flood:?}: {:?}", started.elapsed());
            assert!(slowest < Duration::from_secs(2) && calls > 0, "{flood:?}: {slowest:?} in {calls} calls");
            let grown = resident().saturating_sub(before);
            assert!(grown < 32 << 10, "{flood:?}: {grown} KiB");
        });
        drop((flooded, inner));
        outer.block_on(server.deserted());
    }
}
