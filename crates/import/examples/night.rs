//! A migration through a bad night: two batches a second, three outages, and one answer in twenty lost. It must end in one
//! run, with a ledger equal to the file. `night [RECORDS] [SECONDS]` says how many records there are and how long an outage
//! lasts: 1,000,000 and 300.

use std::error::Error;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use authlete_simulator::{Operation, Outage, RateLimit, Simulator, StoredToken};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut number = |default: u64| arguments.next().map_or(Ok(default), |text| text.parse());
    let (records, outage) = (number(1_000_000)?, Duration::from_secs(number(300)?));

    let folder = tempfile::tempdir()?;
    let file = folder.path().join("tokens.jsonl");
    let expires = i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis())? + 2 * 86_400_000;
    let mut writer = BufWriter::new(File::create(&file)?);
    for number in 1..=records {
        writeln!(writer, "{}", record(number, expires))?;
    }
    writer.flush()?;
    drop(writer);

    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let simulator = runtime.block_on(Simulator::builder().record_bodies(false).start())?;
    simulator.limit_rate(RateLimit::per_second(2).on(Operation::CreateBatch));
    for (place, planned) in
        [Outage::refused(), Outage::unavailable(), Outage::refused()].into_iter().enumerate()
    {
        let start = (outage / 3).saturating_add(outage.mul_f64(1.5 * place as f64));
        simulator.outage(planned.starting_in(start).lasting(outage));
    }
    simulator.drop_answers(0.05, 11);

    let begun = Instant::now();
    let status = Command::new(tool()?)
        .args(["run", "--skip-dry-run", "--concurrency", "16", "--settle", "5"])
        .arg(&file)
        .env("AUTHLETE_BASE_URL", simulator.url())
        .env("AUTHLETE_BEARER", simulator.bearer())
        .env("AUTHLETE_SERVICE_ID", simulator.service_id())
        .status()?;
    println!("one run of {} s ended with {status}", begun.elapsed().as_secs());

    let ledger = simulator.ledger();
    let (mut seen, mut wrong) = (0_u64, 0_u64);
    ledger.for_each_token(|token| {
        seen += 1;
        wrong += u64::from(!is_as_written(token, expires));
    });
    let created = ledger.created_count();
    println!(
        "{seen} tokens are there, {created} were created, {wrong} differ, {} were sent twice",
        ledger.rejected_duplicates()
    );
    let is_equal = seen == records && u64::try_from(created)? == records && wrong == 0;
    if status.success() && is_equal && ledger.rejected_duplicates() == 0 {
        Ok(())
    } else {
        Err("the ledger is not the file".into())
    }
}

/// The binary of the same build.
fn tool() -> Result<PathBuf, Box<dyn Error>> {
    let own = std::env::current_exe()?;
    let folder = own.parent().and_then(Path::parent).ok_or("no build folder")?;
    let tool = folder.join("authlete-import");
    if tool.exists() { Ok(tool) } else { Err("build the binary first".into()) }
}

/// A record with values of its own in every member.
fn record(number: u64, expires: i64) -> Value {
    json!({
        "grantType": if number.is_multiple_of(3) { "PASSWORD" } else { "AUTHORIZATION_CODE" },
        "clientId": 40 + number % 5,
        "subject": format!("user-{number}"),
        "scopes": if number.is_multiple_of(2) { json!(["read"]) } else { json!(["read", "write"]) },
        "accessToken": format!("2YotnFZFEjr1zCsicMWpAA.{number}"),
        "refreshToken": format!("tGzv3JOkF0XG5Qx2TlKWIA.{number}"),
        "expiresAt": expires + i64::try_from(number).unwrap_or(0) % 1_000_000,
        "refreshTokenExpiresAt": expires + 86_400_000,
        "properties": [{"key": "number", "value": number.to_string()}],
        "resources": [format!("https://api.example.com/{}", number % 7)],
        "acr": format!("urn:example:{}", number % 4),
        "authTime": 1_700_000_000 + number % 1_000,
    })
}

fn is_as_written(token: &StoredToken, expires: i64) -> bool {
    let Some(number) = token.access_token.rsplit('-').next().and_then(|number| number.parse().ok()) else {
        return false;
    };
    let wanted = record(number, expires);
    let extra = token.extra();
    let is_near = |at: Option<i64>, wanted: &Value| {
        at.zip(wanted.as_i64()).is_some_and(|(at, wanted)| (-2_000..=120_000).contains(&(at - wanted)))
    };
    wanted["grantType"] == token.grant_type.as_str()
        && wanted["clientId"].as_i64() == token.client_id
        && wanted["subject"].as_str() == token.subject.as_deref()
        && wanted["scopes"] == json!(token.scopes.iter().collect::<Vec<_>>())
        && wanted["refreshToken"].as_str() == token.refresh_token.as_deref()
        && wanted["properties"] == json!(extra.properties)
        && wanted["resources"] == json!(extra.resources)
        && wanted["acr"].as_str() == extra.acr.as_deref()
        && wanted["authTime"].as_i64() == extra.auth_time
        && is_near(token.access_token_expires_at, &wanted["expiresAt"])
        && is_near(token.refresh_token_expires_at, &wanted["refreshTokenExpiresAt"])
}
