//! Measures the tool on files of 10,000 and 1,000,000 records: its peak memory, and its CPU time as a ratio to reading and
//! writing the same file with `serde_json`. Linux only, as it reads `/proc`.

use std::error::Error;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use authlete_simulator::Simulator;

fn main() -> Result<(), Box<dyn Error>> {
    let tool = tool()?;
    for count in [10_000, 1_000_000] {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("tokens.jsonl");
        write_file(&file, count)?;

        let before = own_cpu()?;
        read_and_write(&file)?;
        let reference = own_cpu()? - before;

        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let start = Simulator::builder().batch_delay(Duration::ZERO).record_bodies(false).start();
        let simulator = runtime.block_on(start)?;
        println!(
            "{count} records, {} bytes; serde_json reads and writes them in {reference:.2} s of CPU",
            fs::metadata(&file)?.len()
        );
        for arguments in [&["check"][..], &["run", "--skip-dry-run"], &["report", "--output", "/dev/null"]] {
            let begun = Instant::now();
            let (cpu, peak) = measured(&tool, arguments, &file, &simulator)?;
            println!(
                "  {:<22} CPU {cpu:>6.2} s, {:>5.2} times serde_json, {:>5.1} us per token; peak memory {peak:>6} kB; {:.1} s",
                arguments.join(" "),
                cpu / reference.max(0.01),
                cpu * 1e6 / f64::from(count),
                begun.elapsed().as_secs_f64(),
            );
        }
        let there = simulator.ledger().token_count();
        println!("  {there} tokens are there");
        if u64::try_from(there)? != u64::from(count) {
            return Err("tokens are missing".into());
        }
    }
    Ok(())
}

/// The binary of the same build.
fn tool() -> Result<PathBuf, Box<dyn Error>> {
    let own = std::env::current_exe()?;
    let folder = own.parent().and_then(Path::parent).ok_or("no build folder")?;
    let tool = folder.join("authlete-import");
    if tool.exists() { Ok(tool) } else { Err("build the binary first".into()) }
}

fn write_file(path: &Path, count: u32) -> Result<(), Box<dyn Error>> {
    let expires = SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis() + 86_400_000;
    let mut writer = BufWriter::new(File::create(path)?);
    for number in 0..count {
        writeln!(
            writer,
            r#"{{"grantType":"AUTHORIZATION_CODE","clientId":26478243745571,"subject":"user-{number}","scopes":["openid","timeline.read"],"accessToken":"2YotnFZFEjr1zCsicMWpAA2YotnFZFEj.{number:010}","refreshToken":"tGzv3JOkF0XG5Qx2TlKWIAtGzv3JOkF.{number:010}","expiresAt":{expires},"refreshTokenExpiresAt":{expires}}}"#
        )?;
    }
    writer.flush()?;
    Ok(())
}

fn read_and_write(path: &Path) -> Result<(), Box<dyn Error>> {
    let mut reader = BufReader::with_capacity(64 << 10, File::open(path)?);
    let mut writer = BufWriter::with_capacity(64 << 10, File::create("/dev/null")?);
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line)? > 0 {
        let value: serde_json::Value = serde_json::from_slice(&line)?;
        serde_json::to_writer(&mut writer, &value)?;
        line.clear();
    }
    Ok(())
}

/// Runs the tool; its CPU seconds and its peak memory in kB.
fn measured(
    tool: &Path,
    arguments: &[&str],
    file: &Path,
    simulator: &Simulator,
) -> Result<(f64, u64), Box<dyn Error>> {
    let before = children_cpu()?;
    let mut child = Command::new(tool)
        .args(arguments)
        .arg(file)
        .env("AUTHLETE_BASE_URL", simulator.url())
        .env("AUTHLETE_BEARER", simulator.bearer())
        .env("AUTHLETE_SERVICE_ID", simulator.service_id())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    let outcome = loop {
        if let Some(outcome) = child.try_wait()? {
            break outcome;
        }
        // The peak only grows, so that the last look before the end is near it.
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let value = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
        peak = peak.max(value.unwrap_or(0));
        std::thread::sleep(Duration::from_millis(5));
    };
    if !outcome.success() {
        return Err(format!("{arguments:?} ended with {outcome}").into());
    }
    Ok((children_cpu()? - before, peak))
}

fn own_cpu() -> Result<f64, Box<dyn Error>> {
    ticks(13)
}

fn children_cpu() -> Result<f64, Box<dyn Error>> {
    ticks(15)
}

/// Two neighbouring fields of `/proc/self/stat` in seconds: user and system time.
fn ticks(first: usize) -> Result<f64, Box<dyn Error>> {
    let text = fs::read_to_string("/proc/self/stat")?;
    let (_, rest) = text.rsplit_once(')').ok_or("no stat")?;
    let fields = rest.split_whitespace().skip(first - 2).take(2);
    let ticks = fields.map(str::parse::<f64>).sum::<Result<f64, _>>()?;
    Ok(ticks / 100.0)
}
