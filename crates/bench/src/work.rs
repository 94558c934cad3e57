//! The work of a client process: some calls of one kind, each of them checked.

use std::fmt;
use std::str::FromStr;
use std::time::Instant;

use crate::clients::{Answer, ByAuthlete, ByPooled, ByRaw, ByReqwest, ByUreq, Client};
use crate::common::Result;
use crate::count;
use crate::server::{BATCH, GATE};

/// What is called.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Case {
    /// The status call, one after the other.
    Status,
    /// A batch of so many tokens, one after the other.
    Batch(usize),
    /// 64 status calls in flight, on so many worker threads, all answered together.
    Flight(usize),
    /// The same, each answered at once.
    Free(usize),
}

impl Case {
    /// How the server is to behave.
    pub(crate) fn kind(self) -> &'static str {
        if matches!(self, Self::Flight(_)) { "gate64" } else { "" }
    }

    /// How many requests `rounds` amount to, and how many tokens.
    pub(crate) fn expected(self, rounds: usize) -> (usize, usize) {
        match self {
            Self::Status => (rounds, 0),
            Self::Batch(tokens) => (rounds, rounds * tokens),
            Self::Flight(_) | Self::Free(_) => (rounds * GATE, 0),
        }
    }
}

impl fmt::Display for Case {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status => write!(formatter, "status"),
            Self::Batch(tokens) => write!(formatter, "batch:{tokens}"),
            Self::Flight(threads) => write!(formatter, "flight:{threads}"),
            Self::Free(threads) => write!(formatter, "free:{threads}"),
        }
    }
}

impl FromStr for Case {
    type Err = Box<dyn std::error::Error + Send + Sync>;

    fn from_str(text: &str) -> Result<Self> {
        match text.split_once(':') {
            None if text == "status" => Ok(Self::Status),
            Some(("batch", tokens)) => Ok(Self::Batch(tokens.parse()?)),
            Some(("flight", threads)) => Ok(Self::Flight(threads.parse()?)),
            Some(("free", threads)) => Ok(Self::Free(threads.parse()?)),
            _ => Err(format!("no case is called {text}").into()),
        }
    }
}

/// What a client process prints: per call, except for the peak.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Outcome {
    pub(crate) allocations: f64,
    /// By how many bytes memory grew at most, within all calls.
    pub(crate) peak: usize,
    pub(crate) microseconds: f64,
}

impl fmt::Display for Outcome {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {} {}", self.allocations, self.peak, self.microseconds)
    }
}

impl FromStr for Outcome {
    type Err = Box<dyn std::error::Error + Send + Sync>;

    fn from_str(text: &str) -> Result<Self> {
        let parts: Vec<&str> = text.split_whitespace().collect();
        let [allocations, peak, microseconds] = parts[..] else { return Err("not an outcome".into()) };
        Ok(Self {
            allocations: allocations.parse()?,
            peak: peak.parse()?,
            microseconds: microseconds.parse()?,
        })
    }
}

/// Runs `rounds` of the case, and one before to warm up.
pub(crate) fn run(client: &str, case: Case, rounds: usize, url: &str) -> Result<Outcome> {
    match client {
        "authlete" => run_with::<ByAuthlete>(case, rounds, url),
        "raw" => run_with::<ByRaw>(case, rounds, url),
        "pooled" => run_with::<ByPooled>(case, rounds, url),
        "reqwest" => run_with::<ByReqwest>(case, rounds, url),
        "ureq" => run_with::<ByUreq>(case, rounds, url),
        _ => Err(format!("no client is called {client}").into()),
    }
}

fn run_with<C: Client>(case: Case, rounds: usize, url: &str) -> Result<Outcome> {
    let mut runtime = match case {
        Case::Flight(threads) | Case::Free(threads) if threads > 1 => {
            let mut builder = tokio::runtime::Builder::new_multi_thread();
            builder.worker_threads(threads);
            builder
        }
        _ => tokio::runtime::Builder::new_current_thread(),
    };
    runtime.enable_all().build()?.block_on(async {
        let mut client = C::new(url).await?;
        match case {
            Case::Flight(_) | Case::Free(_) => in_flight(client, rounds).await,
            Case::Status => {
                status(&mut client, 1).await?;
                let before = begin();
                status(&mut client, rounds).await?;
                Ok(before.end(rounds))
            }
            Case::Batch(tokens) => {
                // Never freed: whether malloc tidies up after so many tokens depends on the run, and is no call's cost.
                let tokens = Box::leak(Box::new(C::tokens(tokens)));
                batch(&mut client, tokens, 1).await?;
                let before = begin();
                batch(&mut client, tokens, rounds).await?;
                Ok(before.end(rounds))
            }
        }
    })
}

struct Begun(Instant);

fn begin() -> Begun {
    count::start();
    Begun(Instant::now())
}

impl Begun {
    fn end(self, calls: usize) -> Outcome {
        let elapsed = self.0.elapsed();
        let counted = count::stop();
        let calls = calls as f64;
        Outcome {
            allocations: counted.allocations as f64 / calls,
            peak: counted.peak,
            microseconds: elapsed.as_secs_f64() * 1e6 / calls,
        }
    }
}

async fn status<C: Client>(client: &mut C, rounds: usize) -> Result<()> {
    for _ in 0..rounds {
        check(&client.status(BATCH).await?)?;
    }
    Ok(())
}

async fn batch<C: Client>(client: &mut C, tokens: &C::Batch, rounds: usize) -> Result<()> {
    for _ in 0..rounds {
        check(&client.batch(tokens).await?)?;
    }
    Ok(())
}

/// As many tasks as the server's gate waits for, each with one call at a time.
async fn in_flight<C: Client>(client: C, rounds: usize) -> Result<Outcome> {
    let mut clients = vec![];
    for _ in 1..GATE {
        clients.push(client.another().await?);
    }
    clients.push(client);
    let before = begin();
    let tasks: Vec<_> = clients
        .into_iter()
        .map(|mut client| tokio::spawn(async move { status(&mut client, rounds + 1).await }))
        .collect();
    for task in tasks {
        task.await??;
    }
    Ok(before.end((rounds + 1) * GATE))
}

fn check(answer: &impl Answer) -> Result<()> {
    if answer.is_right() { Ok(()) } else { Err("an answer was decoded wrongly".into()) }
}
