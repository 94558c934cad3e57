//! The examples as programs: what they exit with, print and send.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use authlete_simulator::{Fault, Operation, Simulator};

use crate::support::{BEARER, TOKEN, simulator};

/// A built example, with no settings from the environment.
fn example(name: &str) -> Command {
    let mut path = std::env::current_exe().unwrap();
    path.pop();
    path.pop();
    path.extend(["examples", &format!("{name}{}", std::env::consts::EXE_SUFFIX)]);
    // `cargo test` builds the examples, `cargo test --test it` does not.
    let source = format!("{}/examples/{name}.rs", env!("CARGO_MANIFEST_DIR"));
    let changed = |path: &Path| path.metadata().and_then(|data| data.modified()).ok();
    assert!(
        changed(&path) >= changed(source.as_ref()),
        "{name} is out of date: run `cargo build --examples`"
    );
    let mut command = Command::new(path);
    for variable in ["AUTHLETE_BEARER", "AUTHLETE_SERVICE_ID", "AUTHLETE_BASE_URL"] {
        command.env_remove(variable);
    }
    command
}

/// The main example, for this simulator as the real service.
fn batch_create(simulator: &Simulator) -> Command {
    let mut command = example("batch_create");
    command
        .env("AUTHLETE_BEARER", BEARER)
        .env("AUTHLETE_SERVICE_ID", simulator.service_id())
        .env("AUTHLETE_BASE_URL", simulator.url());
    command
}

/// A file with this content.
fn file(name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, content).unwrap();
    path
}

/// A good line of a file.
fn line(number: usize) -> String {
    format!(
        r#"{{"grantType":"AUTHORIZATION_CODE","clientId":42,"subject":"john","accessToken":"{TOKEN}-{number}"}}"#
    )
}

/// Standard output, of a run that went well.
fn report(output: &Output) -> String {
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(text(&output.stderr), "");
    text(&output.stdout)
}

/// The one line of a run that failed as it should.
fn complaint(output: &Output) -> String {
    let complaint = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{complaint}");
    assert_eq!(complaint.matches('\n').count(), 1, "{complaint}");
    text(&output.stdout);
    complaint.trim_end().to_owned()
}

/// What a program printed, which is never a secret.
fn text(printed: &[u8]) -> String {
    let text = String::from_utf8(printed.to_vec()).unwrap();
    for secret in [BEARER, TOKEN, "FAKE-"] {
        assert!(!text.contains(secret), "{secret} shows in {text}");
    }
    text
}

#[test]
fn batch_create_moves_the_sample_without_credentials() {
    let lines = include_str!("../../examples/data/tokens.jsonl").lines().count();

    let report = report(&example("batch_create").output().unwrap());

    assert!(report.contains(&format!("read      {lines} tokens")), "{report}");
    assert!(report.contains(&format!("finished  SUCCEEDED, {lines} tokens processed")), "{report}");
    assert!(report.contains(&format!("ledger    {lines} tokens exist")), "{report}");
}

#[tokio::test]
async fn batch_create_moves_a_file_with_credentials() {
    let simulator = simulator().await;
    // Empty lines, carriage returns and a missing last newline are no reason to refuse a file.
    let file = file("good.jsonl", [line(1), String::new(), line(2) + "\r", line(3)].join("\n"));

    let report = report(&batch_create(&simulator).arg(file).output().unwrap());

    assert!(report.contains("finished  SUCCEEDED, 3 tokens processed"), "{report}");
    let ledger = simulator.ledger();
    assert_eq!(ledger.token_count(), 3);
    assert!((1..=3).all(|number| ledger.contains(&format!("{TOKEN}-{number}"))));
    let dry_runs: Vec<_> = ledger.batches().iter().map(|batch| batch.dry_run).collect();
    assert_eq!(dry_runs, [true, false]);
}

#[tokio::test]
async fn batch_create_sends_nothing_of_a_bad_file() {
    let cases = [
        (r#"not JSON {TOKEN}"#, "it is not a JSON object"),
        (r#"["AUTHORIZATION_CODE"]"#, "it is not a JSON object"),
        (r#"{"accessToken":"{TOKEN}""#, "it is not a JSON object (column 34)"),
        (r#"{"grantType":"CIBA"} {TOKEN}"#, "it is not a JSON object (column 22)"),
        (r#"{"clientId":42,"subject":"john","accessToken":"{TOKEN}"}"#, "grantType is missing"),
        (
            r#"{"grantType":"{TOKEN}","clientId":42,"subject":"john","accessToken":"a"}"#,
            "grantType is unknown",
        ),
        (
            r#"{"grantType":"REFRESH_TOKEN","clientId":42,"subject":"john","accessToken":"{TOKEN}"}"#,
            "grantType REFRESH_TOKEN cannot be created",
        ),
        (r#"{"grantType":"CIBA","clientId":42,"subject":"john"}"#, "accessToken is missing"),
        (
            r#"{"grantType":"CIBA","clientId":42,"subject":"john","accessToken":null}"#,
            "accessToken is missing",
        ),
        (r#"{"grantType":"CIBA","clientId":42,"subject":"john","accessToken":""}"#, "accessToken is empty"),
        (
            r#"{"grantType":"CIBA","clientId":42,"subject":"john","accessToken":"{TOKEN}","refreshToken":""}"#,
            "refreshToken is empty",
        ),
        (
            r#"{"grantType":"CIBA","subject":"john","accessToken":"{TOKEN}"}"#,
            "clientId or clientIdentifier is missing",
        ),
        (r#"{"grantType":"CIBA","clientId":42,"accessToken":"{TOKEN}"}"#, "subject is missing"),
        (
            r#"{"grantType":"CIBA","clientId":42,"subject":"jöhn","accessToken":"{TOKEN}"}"#,
            "subject is not ASCII of at most 100 characters",
        ),
        (
            r#"{"grantType":"CIBA","clientId":"{TOKEN}","subject":"john","accessToken":"a"}"#,
            "clientId has a value of the wrong type",
        ),
        (
            r#"{"grantType":"CIBA","clientId":42,"subject":"john","accessToken":"a","scopes":["a",{"b":"{TOKEN}"}]}"#,
            "scopes[1] has a value of the wrong type",
        ),
        (
            r#"{"grantType":"CIBA","clientId":42,"subject":"john","accessToken":"{TOKEN}","accessToken":"b"}"#,
            "accessToken is given twice",
        ),
        (
            r#"{"grantType":"CIBA","clientId":42,"subject":"john","accessToken":"{TOKEN}","accessTokenDuration":-1}"#,
            "accessTokenDuration is negative",
        ),
        (
            r#"{"grantType":"CIBA","clientId":42,"subject":"john","accessToken":"a","{TOKEN}":true}"#,
            "it has a field of an unknown name",
        ),
        (
            r#"{"grantType":"CIBA","clientId":42,"subject":"john","accessToken":"a",
               "authorizationDetails":{"elements":[{"type":"t","{TOKEN}":1}]}}"#,
            "authorizationDetails has a field of an unknown name",
        ),
        (
            r#"{"grantType":"CIBA","clientId":42,"subject":"john","accessToken":"{TOKEN}-1"}"#,
            "accessToken is the one of line 1",
        ),
    ];
    let simulator = simulator().await;
    for (number, (bad, expected)) in cases.into_iter().enumerate() {
        let bad = bad.replace("{TOKEN}", TOKEN).replace('\n', " ");
        let file = file(&format!("bad-{number}.jsonl"), [line(1), line(2), bad, line(4)].join("\n"));

        let output = batch_create(&simulator).arg(&file).output().unwrap();

        assert_eq!(complaint(&output), format!("error: {}: line 3: {expected}", file.display()));
        assert_eq!(text(&output.stdout), "");
    }
    assert_eq!(simulator.ledger().connection_count(), 0);
}

#[tokio::test]
async fn batch_create_sends_nothing_without_a_file_it_can_read() {
    let simulator = simulator().await;
    let missing = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("missing.jsonl");
    let latin1 = [line(1).as_bytes(), b"\n{\"grantType\":\"\xe9\"}\n"].concat();
    let mut shown = String::new();
    for (file, expected) in [
        (missing, "No such file or directory (os error 2)"),
        (file("empty.jsonl", ""), "there are no tokens in it"),
        (file("blank.jsonl", "\n \r\n"), "there are no tokens in it"),
        (file("latin1.jsonl", latin1), "line 2: it is not a JSON object (column 15)"),
    ] {
        let output = batch_create(&simulator).arg(&file).output().unwrap();
        assert_eq!(complaint(&output), format!("error: {}: {expected}", file.display()));
        writeln!(shown, "{}", text(&output.stdout)).unwrap();
    }
    assert_eq!(shown.trim(), "");
    assert_eq!(simulator.ledger().connection_count(), 0);
}

#[tokio::test]
async fn batch_create_wants_both_credentials_and_one_file_for_them() {
    let simulator = simulator().await;

    let no_service = batch_create(&simulator).env_remove("AUTHLETE_SERVICE_ID").output().unwrap();
    let no_bearer = batch_create(&simulator).env("AUTHLETE_BEARER", "").output().unwrap();
    let elsewhere = "http://127.0.0.1.authlete.example";
    let no_file = batch_create(&simulator).env("AUTHLETE_BASE_URL", elsewhere).output().unwrap();
    let two_files = batch_create(&simulator).args(["a", "b"]).output().unwrap();

    assert_eq!(complaint(&no_service), "error: AUTHLETE_BEARER is set, AUTHLETE_SERVICE_ID is not");
    assert_eq!(complaint(&no_bearer), "error: AUTHLETE_SERVICE_ID is set, AUTHLETE_BEARER is not");
    assert_eq!(complaint(&no_file), "error: name the file to send: the sample's tokens are public");
    assert_eq!(complaint(&two_files), "error: give one file");
    assert_eq!(simulator.ledger().connection_count(), 0);
}

#[tokio::test]
async fn batch_create_sends_the_sample_to_a_service_on_this_machine() {
    let simulator = simulator().await;
    let output = batch_create(&simulator).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert_eq!(simulator.ledger().token_count(), 25);
}

#[tokio::test]
async fn batch_create_stops_after_a_dry_run_that_fails() {
    let refused = simulator().await;
    refused.inject(Fault::status(400).on(Operation::CreateBatch));
    let failed = simulator().await;
    failed.fail_next_batch(1);
    let file = file("dry-run.jsonl", line(1));

    let refusal = complaint(&batch_create(&refused).arg(&file).output().unwrap());
    let failure = complaint(&batch_create(&failed).arg(&file).output().unwrap());

    assert!(refusal.starts_with("error: the dry run: "), "{refusal}");
    assert!(refusal.contains("the server answered 400"), "{refusal}");
    assert_eq!(failure, "error: the dry run FAILED with SIM204; nothing was created");
    for simulator in [refused, failed] {
        assert_eq!(simulator.ledger().requests_for(Operation::CreateBatch).len(), 1);
        assert_eq!(simulator.ledger().created_count(), 0);
    }
}

#[tokio::test]
async fn batch_create_needs_no_status_of_a_dry_run() {
    let statusless = Simulator::builder().bearer(BEARER).dry_run_status(false).start().await.unwrap();
    let nameless = Simulator::builder().bearer(BEARER).dry_run_request_id(false).start().await.unwrap();
    let file = file("statusless.jsonl", line(1));

    let without_status = report(&batch_create(&statusless).arg(&file).output().unwrap());
    let without_id = report(&batch_create(&nameless).arg(&file).output().unwrap());

    assert!(without_status.contains("dry run   accepted, without a status\n"), "{without_status}");
    assert!(without_id.contains("dry run   accepted\n"), "{without_id}");
    assert_eq!(statusless.ledger().token_count(), 1);
    assert_eq!(nameless.ledger().token_count(), 1);
}

#[tokio::test]
async fn batch_create_tells_the_id_even_if_the_end_is_not_seen() {
    let simulator = Simulator::builder().bearer(BEARER).dry_run_request_id(false).start().await.unwrap();
    let file = file("unseen.jsonl", line(1));
    simulator.inject(Fault::status(403).on(Operation::BatchStatus));

    let output = batch_create(&simulator).arg(file).output().unwrap();

    let complaint = complaint(&output);
    assert!(complaint.starts_with("error: the batch's status: "), "{complaint}");
    assert!(complaint.ends_with("the batch goes on at the server: ask with its ID"), "{complaint}");
    let id = simulator.ledger().batches().last().unwrap().request_id.to_string();
    assert!(text(&output.stdout).ends_with(&format!("accepted  as {id}\n")));
}

#[tokio::test]
async fn batch_create_never_sends_a_batch_twice() {
    let simulator = simulator().await;
    simulator.inject(Fault::close_after_processing().on(Operation::CreateBatch).after(1));
    let file = file("once.jsonl", line(1));

    let complaint = complaint(&batch_create(&simulator).arg(file).output().unwrap());

    assert!(complaint.contains("maybe sent"), "{complaint}");
    assert!(complaint.ends_with("find out which tokens exist before sending any again"), "{complaint}");
    // The dry run and the batch, of which the client has to say that it does not know.
    assert_eq!(simulator.ledger().requests_for(Operation::CreateBatch).len(), 2);
}

#[tokio::test]
async fn batch_create_tells_how_a_batch_failed() {
    let simulator = Simulator::builder().bearer(BEARER).dry_run_uniqueness(false).start().await.unwrap();
    let file = file("again.jsonl", [line(1), line(2)].join("\n"));
    report(&batch_create(&simulator).arg(&file).output().unwrap());

    let complaint = complaint(&batch_create(&simulator).arg(&file).output().unwrap());

    assert_eq!(
        complaint,
        "error: the batch FAILED with SIM201; find out which tokens exist before sending any again"
    );
    assert_eq!(simulator.ledger().token_count(), 2);
}

#[test]
fn the_other_examples_check_what_they_show() {
    for name in [
        "authlete_face",
        "custom_transport",
        "error_handling",
        "protected_resource",
        "settings",
        "standalone_function",
        "tower_stack",
    ] {
        let report = report(&example(name).output().unwrap());
        assert!(!report.is_empty(), "{name}");
    }
}

#[test]
fn the_flows_show_what_a_server_grants_and_what_it_refuses() {
    for (name, lines) in [
        (
            "authorization_code_flow",
            vec![
                "the user logs in\n   the user sees scopes",
                "3. somebody who stole the code: 400 Bad Request with error",
                "4. the client, which has the verifier: 200 OK with access_token",
                "7. the old refresh token: 400 Bad Request with error",
            ],
        ),
        (
            "client_credentials",
            vec![
                "with a wrong secret: 401 Unauthorized",
                "with the secret: 200 OK, scope \"reports.read\"",
                "introspection: active true, client \"1\"",
            ],
        ),
        (
            "device_flow",
            vec![
                "3. it polls again at once: 400 Bad Request, slow_down",
                "6. the device polls: 200 OK, Bearer",
                "7. it polls once more: 400 Bad Request, invalid_grant",
            ],
        ),
    ] {
        let report = report(&example(name).output().unwrap());
        for line in lines {
            assert!(report.contains(line), "{name}: {line} is not in {report}");
        }
    }
}

#[test]
fn metrics_feeds_a_histogram_with_every_attempt() {
    let report = report(&example("metrics").output().unwrap());
    assert!(report.contains("http.client.request.duration"), "{report}");
    // A creation, a refused question and an answered one.
    assert_eq!(report.matches("authlete.operation").count(), 3, "{report}");
    assert_eq!(report.matches("error.type: 503").count(), 1, "{report}");
}
