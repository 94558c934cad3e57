//! What the tests share: a simulator, files of tokens, and the binary.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::io::{Read, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{SystemTime, UNIX_EPOCH};

use authlete_simulator::{BatchState, Builder, Ledger, Simulator};
use tempfile::TempDir;

/// The bearer of every simulator here. It must never show.
pub(crate) const BEARER: &str = "canary-bearer-3f9c";
/// What every token here begins with. It must never show.
pub(crate) const CANARY: &str = "canary-token-";

pub(crate) fn block_on<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work)
}

pub(crate) fn access(number: u64) -> String {
    format!("{CANARY}a-{number}")
}

pub(crate) fn refresh(number: u64) -> String {
    format!("{CANARY}r-{number}")
}

/// Tries cases side by side: most of their time is waiting.
pub(crate) fn each<T: Send>(cases: impl IntoIterator<Item = T>, test: impl Fn(T) + Sync) {
    let test = &test;
    std::thread::scope(|scope| {
        for case in cases {
            scope.spawn(move || test(case));
        }
    });
}

/// Milliseconds since the Unix epoch.
pub(crate) fn now() -> u64 {
    u64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis()).unwrap()
}

/// A record of JSON lines that keeps all rules.
pub(crate) fn line(number: u64) -> String {
    format!(
        r#"{{"grantType":"AUTHORIZATION_CODE","clientId":42,"subject":"user-{number}","scopes":["read","write"],"accessToken":"{}","refreshToken":"{}","expiresAt":{}}}"#,
        access(number),
        refresh(number),
        now() + 86_400_000,
    )
}

/// JSON lines of the records 1 to `count`.
pub(crate) fn lines(count: u64) -> String {
    (1..=count).fold(String::new(), |mut text, number| {
        writeln!(text, "{}", line(number)).unwrap();
        text
    })
}

/// A simulator and a folder with an input file.
pub(crate) struct Bench {
    pub(crate) simulator: Simulator,
    pub(crate) folder: TempDir,
    pub(crate) file: PathBuf,
}

/// What a run of the binary came to.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Bench {
    pub(crate) fn new(text: &str) -> Self {
        Self::with(Simulator::builder(), "tokens.jsonl", text)
    }

    pub(crate) fn with(builder: Builder, name: &str, text: &str) -> Self {
        let simulator = block_on(builder.bearer(BEARER).record_bodies(false).start()).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(name);
        fs::write(&file, text).unwrap();
        #[cfg(unix)]
        fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
        Self { simulator, folder, file }
    }

    pub(crate) fn ledger(&self) -> Ledger {
        self.simulator.ledger()
    }

    /// The binary with its environment, and arguments such as `run --shard 1/2`; the file comes behind them.
    pub(crate) fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_authlete-import"));
        command.args(arguments.split_whitespace()).arg(&self.file);
        self.environment(&mut command);
        command
    }

    /// The binary at work, with its output to be read.
    pub(crate) fn spawn(&self, arguments: &str) -> Child {
        self.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    }

    /// A rollback whose questions are answered with these lines.
    pub(crate) fn rollback(&self, lines: &str) -> Ran {
        self.answered("rollback", lines)
    }

    /// A command whose questions are answered with these lines.
    pub(crate) fn answered(&self, arguments: &str, lines: &str) -> Ran {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        writeln!(child.stdin.take().unwrap(), "{lines}").unwrap();
        let ran = Ran::of(child.wait_with_output().unwrap());
        self.assert_discreet(&ran);
        ran
    }

    /// Deletes a token behind the tool's back.
    pub(crate) fn delete_token(&self, access_token: &str) {
        let mut stream = TcpStream::connect(self.simulator.addr()).unwrap();
        let service = self.simulator.service_id();
        write!(
            stream,
            "DELETE /api/{service}/auth/token/delete/{access_token} HTTP/1.1\r\nhost: localhost\r\n\
             authorization: Bearer {BEARER}\r\nconnection: close\r\n\r\n"
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 204"), "{answer}");
    }

    pub(crate) fn environment(&self, command: &mut Command) {
        command
            .env("AUTHLETE_BASE_URL", self.simulator.url())
            .env("AUTHLETE_BEARER", BEARER)
            .env("AUTHLETE_SERVICE_ID", self.simulator.service_id())
            .stdin(Stdio::null());
    }

    /// Runs the binary to its end. Nothing it writes may hold a canary.
    pub(crate) fn ran(&self, arguments: &str) -> Ran {
        let ran = Ran::of(self.command(arguments).output().unwrap());
        self.assert_discreet(&ran);
        ran
    }

    /// A run that must end with this code.
    pub(crate) fn run(&self, arguments: &str, code: i32) -> Ran {
        let ran = self.ran(arguments);
        assert_eq!(ran.code, Some(code), "{arguments}: {ran:#?}");
        ran
    }

    /// No output, and no file but the input, may hold a canary.
    pub(crate) fn assert_discreet(&self, ran: &Ran) {
        let shown = format!("{}{}", ran.stdout, ran.stderr);
        assert!(!shown.contains("canary"), "a canary shows: {shown}");
        for entry in fs::read_dir(self.folder.path()).unwrap() {
            let path = entry.unwrap().path();
            if path != self.file && path.is_file() {
                let bytes = fs::read(&path).unwrap();
                let found = bytes.windows(6).any(|window| window == b"canary");
                assert!(!found, "a canary shows in {}", path.display());
            }
        }
    }

    /// The ledger must hold the tokens 1 to `count` but for these, each once, and nothing may have been tried twice.
    pub(crate) fn assert_created(&self, count: u64, but: &[u64]) {
        let expected: BTreeSet<String> =
            (1..=count).filter(|number| !but.contains(number)).map(access).collect();
        let ledger = self.ledger();
        let mut there = BTreeSet::new();
        ledger.for_each_token(|token| {
            assert!(there.insert(token.access_token.to_string()), "a token is there twice");
        });
        assert!(
            there == expected,
            "{} tokens are there, {} of them wrongly, {} are missing",
            there.len(),
            there.difference(&expected).count(),
            expected.difference(&there).count(),
        );
        assert_eq!(ledger.created_count() as u64, expected.len() as u64, "created and deleted again");
        assert_eq!(ledger.rejected_duplicates(), 0, "tokens were sent though they existed");
    }

    /// The report: (record, hash, state, reason).
    pub(crate) fn report(&self, arguments: &str) -> Vec<(u64, String, String, String)> {
        let ran = self.run(&format!("report {arguments}"), 0);
        let mut reader = csv::Reader::from_reader(ran.stdout.as_bytes());
        assert_eq!(reader.headers().unwrap(), vec!["record", "sha256", "state", "reason"]);
        reader.deserialize().map(Result::unwrap).collect()
    }

    /// The records in this state.
    pub(crate) fn reported(&self, state: &str) -> Vec<u64> {
        let lines = self.report("").into_iter();
        lines.filter(|(_, _, found, _)| found == state).map(|(record, ..)| record).collect()
    }

    /// How many batches that were no dry runs were accepted, and how many of them failed.
    pub(crate) fn batches(&self) -> (usize, usize) {
        let batches: Vec<_> = self.ledger().batches().into_iter().filter(|batch| !batch.dry_run).collect();
        (batches.len(), batches.iter().filter(|batch| batch.state == BatchState::Failed).count())
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn journal(&self) -> PathBuf {
        let mut name = self.file.clone().into_os_string();
        name.push(".journal");
        Path::new(&name).to_owned()
    }
}

impl Ran {
    pub(crate) fn of(output: Output) -> Self {
        Self {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// A small generator of numbers, the same for the same seed.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % bound
    }
}
