//! Moves tokens to Authlete: reads a file, tries the batch, creates it, waits for its end and reports.
//!
//! ```text
//! cargo run --example batch_create [FILE]
//! ```
//!
//! FILE holds one `TokenCreateRequest` a line, as JSON; the default is `examples/data/tokens.jsonl`. Without credentials the
//! server is a simulator in this process. With `AUTHLETE_BEARER` and `AUTHLETE_SERVICE_ID` it is the real one
//! (`AUTHLETE_BASE_URL` says where); unless that is on this machine FILE must be given then, because the sample's tokens are
//! public.
//!
//! The exit status is 0 if every token was created and 1 otherwise, with one line on standard error. Nothing is sent
//! unless the whole file is good, and no token and no text of the file is ever printed.

use std::collections::HashMap;
use std::fmt::Display;
use std::io::Write;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use authlete::funcs::{token_operations_auth_token_create_batch_api, token_operations_wait_for_batch};
use authlete::models::operations::{AuthTokenCreateBatchApiRequest, AuthTokenCreateBatchStatusApiRequest};
use authlete::models::{GrantType, Secret, TokenBatchStatus, TokenBatchStatusResult, TokenCreateRequest};
use authlete::{AuthleteCore, AuthleteError, RequestOptions, RetryConfig, WaitOptions};
use authlete_simulator::Simulator;

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/tokens.jsonl");

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), String> {
    let mut arguments = std::env::args_os().skip(1);
    let file = arguments.next();
    if arguments.next().is_some() {
        return Err("give one file".to_owned());
    }
    let path = file.as_ref().map_or("examples/data/tokens.jsonl".into(), |file| file.to_string_lossy());
    let text = std::fs::read(file.as_deref().unwrap_or(SAMPLE.as_ref()))
        .map_err(|error| format!("{path}: {error}"))?;
    let tokens = read(&text).map_err(|problem| format!("{path}: {problem}"))?;
    let count = tokens.len();
    say(format_args!("read      {count} tokens from {path}"));

    let (core, simulator) = connect(file.is_some()).await?;
    let request = AuthTokenCreateBatchApiRequest::new(tokens);

    let request = request.dry_run(true);
    say(format_args!("dry run   {}", try_batch(&core, &request).await?));

    let request = request.dry_run(false);
    let started = Instant::now();
    let id = create(&core, &request)
        .await
        .map_err(|error| describe("the batch", &error))?
        .ok_or("the batch was accepted without an ID, so that its end cannot be seen")?;
    // Printed before anything else can go wrong: the ID cannot be found out again.
    say(format_args!("accepted  as {}", id.escape_debug()));

    let question = AuthTokenCreateBatchStatusApiRequest::new(id);
    let status = token_operations_wait_for_batch(&core, &question, &WaitOptions::new())
        .await
        .map_err(|error| describe("the batch's status", &error))?
        .into_value();
    if status.result != Some(TokenBatchStatusResult::Succeeded) {
        return Err(format!(
            "the batch {}; find out which tokens exist before sending any again",
            ended(&status)
        ));
    }
    say(format_args!("finished  {} after {} ms", ended(&status), started.elapsed().as_millis()));

    // Only a simulator can be looked into. Its ledger is what really happened, whatever the client believes.
    if let Some(simulator) = simulator {
        let created = simulator.ledger().token_count();
        if created != count {
            return Err(format!("the ledger has {created} tokens, the file {count}"));
        }
        say(format_args!("ledger    {created} tokens exist, one for each line"));
    }
    Ok(())
}

/// Prints a line. That nobody reads it any more is no reason to stop in the middle.
fn say(line: impl Display) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// Whether the service is on this machine, where tokens that everybody knows do no harm.
fn on_this_machine() -> bool {
    let url = std::env::var("AUTHLETE_BASE_URL").unwrap_or_default();
    let host = ["http://127.0.0.1", "http://localhost", "http://[::1]"]
        .iter()
        .find_map(|host| url.strip_prefix(host));
    host.is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/']))
}

/// The real service if the environment names one, else a simulator.
async fn connect(file_given: bool) -> Result<(AuthleteCore, Option<Simulator>), String> {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    match (is_set("AUTHLETE_BEARER"), is_set("AUTHLETE_SERVICE_ID")) {
        (true, true) if !file_given && !on_this_machine() => {
            Err("name the file to send: the sample's tokens are public".to_owned())
        }
        (true, true) => {
            let core = AuthleteCore::from_env().map_err(|error| error.chain().to_string())?;
            say(format_args!("service   the one in AUTHLETE_SERVICE_ID"));
            Ok((core, None))
        }
        (true, false) => Err("AUTHLETE_BEARER is set, AUTHLETE_SERVICE_ID is not".to_owned()),
        (false, true) => Err("AUTHLETE_SERVICE_ID is set, AUTHLETE_BEARER is not".to_owned()),
        (false, false) => {
            let simulator = Simulator::start().await.map_err(|error| format!("the simulator: {error}"))?;
            let core = AuthleteCore::builder()
                .bearer(simulator.bearer())
                .base_url(simulator.url())
                .service_id(simulator.service_id())
                .build()
                .map_err(|error| error.chain().to_string())?;
            say(format_args!("service   a simulator at {}", simulator.url()));
            Ok((core, Some(simulator)))
        }
    }
}

/// Sends the batch and returns its ID.
async fn create(
    core: &AuthleteCore,
    request: &AuthTokenCreateBatchApiRequest,
) -> Result<Option<String>, AuthleteError> {
    // With retries on, the SDK repeats a dry run whenever that may help, but the batch itself only if provably nothing of
    // it was sent. The time is for the upload of a long file.
    let options = RequestOptions::new()
        .retries(RetryConfig::backoff())
        .attempt_timeout(Duration::from_secs(120))
        .timeout(Duration::from_secs(300));
    let answer = token_operations_auth_token_create_batch_api(core, request, Some(&options)).await?;
    Ok(answer.into_value().request_id)
}

/// Does the dry run. Whether a service keeps a status of one is not documented: if there is one, it must be a success.
async fn try_batch(core: &AuthleteCore, request: &AuthTokenCreateBatchApiRequest) -> Result<String, String> {
    let Some(id) = create(core, request).await.map_err(|error| describe("the dry run", &error))? else {
        return Ok("accepted".to_owned());
    };
    let question = AuthTokenCreateBatchStatusApiRequest::new(id);
    let wait = WaitOptions::new().timeout(Duration::from_secs(60)).not_found_grace(Duration::from_secs(2));
    match token_operations_wait_for_batch(core, &question, &wait).await {
        Ok(answer) if answer.value.result == Some(TokenBatchStatusResult::Succeeded) => {
            Ok(ended(&answer.value))
        }
        Ok(answer) => Err(format!("the dry run {}; nothing was created", ended(&answer.value))),
        Err(error) if error.http().is_some_and(|http| http.status.as_u16() == 404) => {
            Ok("accepted, without a status".to_owned())
        }
        Err(error) => Err(describe("the dry run's status", &error)),
    }
}

/// How a batch ended. Of the server's words only what cannot be a token is shown.
fn ended(status: &TokenBatchStatus) -> String {
    let result = match &status.result {
        Some(TokenBatchStatusResult::Unrecognized(_)) | None => "ended in an unknown way",
        Some(result) => result.as_str(),
    };
    let is_code = |code: &&str| code.len() <= 10 && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
    match (status.error_code.as_deref().filter(is_code), status.token_count) {
        (Some(code), _) => format!("{result} with {code}"),
        (None, Some(count)) => format!("{result}, {count} tokens processed"),
        (None, None) => result.to_owned(),
    }
}

/// What failed, why, and what that means for the tokens.
fn describe(what: &str, error: &AuthleteError) -> String {
    let advice = match what {
        "the batch's status" => "; the batch goes on at the server: ask with its ID",
        "the batch" if error.may_resend() => "; nothing was created",
        "the batch" => "; it may have been accepted: find out which tokens exist before sending any again",
        _ => "",
    };
    format!("{what}: {}{advice}", error.chain())
}

/// Reads a file of tokens. The problem, if there is one, is that of the first line that has one.
fn read(text: &[u8]) -> Result<Vec<TokenCreateRequest>, String> {
    let mut tokens = Vec::new();
    let mut lines = Vec::new();
    for (number, line) in (1..).zip(text.split(|&byte| byte == b'\n')) {
        if line.trim_ascii().is_empty() {
            continue;
        }
        let problem = |problem| format!("line {number}: {problem}");
        let token = parse(line).map_err(problem)?;
        check(&token).map_or(Ok(()), |broken| Err(problem(broken.to_owned())))?;
        tokens.push(token);
        lines.push(number);
    }
    if tokens.is_empty() {
        return Err("there are no tokens in it".to_owned());
    }
    // Authlete refuses a token that exists, and with it the rest of the batch.
    let mut seen = HashMap::new();
    for (token, number) in tokens.iter().zip(lines) {
        let secrets = [("accessToken", &token.access_token), ("refreshToken", &token.refresh_token)];
        for (field, secret) in secrets {
            if let Some(secret) = secret
                && let Some(first) = seen.insert((field, secret.expose()), number)
            {
                return Err(format!("line {number}: {field} is the one of line {first}"));
            }
        }
    }
    Ok(tokens)
}

/// Reads one line. The texts of serde's errors repeat values, so only their kind and their place are used.
fn parse(line: &[u8]) -> Result<TokenCreateRequest, String> {
    if !line.trim_ascii_start().starts_with(b"{") {
        return Err("it is not a JSON object".to_owned());
    }
    let mut json = serde_json::Deserializer::from_slice(line);
    let mut track = serde_path_to_error::Track::new();
    let mut unknown = None;
    let result = {
        let json = serde_path_to_error::Deserializer::new(&mut json, &mut track);
        serde_ignored::deserialize(json, |path| unknown = Some(path.to_string()))
    };
    let path = track.path().to_string();
    let token: TokenCreateRequest = result.and_then(|token| json.end().map(|()| token)).map_err(|error| {
        if !error.is_data() {
            return format!("it is not a JSON object (column {})", error.column());
        }
        // What these two repeat is the name of a field that is known here.
        let text = error.to_string();
        let named = |prefix| Some(text.strip_prefix(prefix)?.split('`').next()?.to_owned());
        if let Some(field) = named("missing field `") {
            format!("{field} is missing")
        } else if let Some(field) = named("duplicate field `") {
            format!("{field} is given twice")
        } else {
            format!("{path} has a value of the wrong type")
        }
    })?;
    // A field that Authlete would never see, misspelt perhaps, is a loss. Its name may be anything, so it is not shown.
    match unknown {
        None => Ok(token),
        Some(path) => match path.split_once('.') {
            Some((field, _)) => Err(format!("{field} has a field of an unknown name")),
            None => Err("it has a field of an unknown name".to_owned()),
        },
    }
}

/// The rule that a token breaks, if it breaks one of those that can be checked here.
fn check(token: &TokenCreateRequest) -> Option<&'static str> {
    let is_empty = |secret: &Option<Secret>| secret.as_ref().is_some_and(|secret| secret.expose().is_empty());
    let is_negative = |number: Option<i64>| number.is_some_and(|number| number < 0);
    let subject = token.subject.as_deref().unwrap_or_default();
    let subject_needed = !matches!(token.grant_type, GrantType::ClientCredentials | GrantType::JwtBearer);
    let no_identifier = token.client_identifier.as_deref().unwrap_or_default().is_empty();
    let rules = [
        (matches!(token.grant_type, GrantType::Unrecognized(_)), "grantType is unknown"),
        (token.grant_type == GrantType::RefreshToken, "grantType REFRESH_TOKEN cannot be created"),
        (token.client_id.is_none() && no_identifier, "clientId or clientIdentifier is missing"),
        // Optional for Authlete, but the values that it makes up in a batch are never told to anyone.
        (token.access_token.is_none(), "accessToken is missing"),
        (is_empty(&token.access_token), "accessToken is empty"),
        (is_empty(&token.refresh_token), "refreshToken is empty"),
        (subject_needed && subject.is_empty(), "subject is missing"),
        (!subject.is_ascii() || subject.len() > 100, "subject is not ASCII of at most 100 characters"),
        (is_negative(token.access_token_duration), "accessTokenDuration is negative"),
        (is_negative(token.refresh_token_duration), "refreshTokenDuration is negative"),
        (is_negative(token.auth_time), "authTime is negative"),
    ];
    rules.into_iter().find_map(|(broken, rule)| broken.then_some(rule))
}
