//! Plans: what is wrong with them is said at once, the journal keeps them, and those of the repository read what they are for.

use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use authlete_simulator::{Simulator, StoredToken};
use serde_json::{Value, json};

use crate::support::{Bench, access, each, now, refresh};

/// A file and a plan beside it.
fn planned(name: &str, text: &str, plan: &str) -> (Bench, String) {
    let bench = Bench::with(Simulator::builder(), name, text);
    fs::write(bench.path("plan.toml"), plan).unwrap();
    let options = format!("--plan {}", bench.path("plan.toml").display());
    (bench, options)
}

/// A bench with a plan of the repository, and the clients that its value map wants.
fn of_repository(plan: &str, name: &str, text: &str) -> (Bench, String) {
    let source = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("plans").join(plan);
    let (bench, options) = planned(name, text, &fs::read_to_string(source).unwrap());
    fs::write(bench.path("clients.csv"), "web-shop,26478243745571\n").unwrap();
    (bench, options)
}

fn token(bench: &Bench, number: u64) -> StoredToken {
    bench.ledger().token(&access(number)).unwrap()
}

/// Subject, client, scopes, refresh token and expiries are as the export has them.
fn is_moved(bench: &Bench, scopes: &[&str], expires: u64, refresh_expires: u64) {
    let token = token(bench, 1);
    assert_eq!((token.subject.as_deref(), token.client_id), (Some("alice"), Some(26_478_243_745_571)));
    assert_eq!(token.scopes.iter().map(AsRef::as_ref).collect::<Vec<&str>>(), scopes);
    assert_eq!(token.refresh_token.as_ref().map(ToString::to_string), Some(refresh(1)));
    let is_near = |at: Option<i64>, wanted: u64| {
        at.is_some_and(|at| at.abs_diff(i64::try_from(wanted).unwrap() * 1000) <= 60_000)
    };
    assert!(is_near(token.access_token_expires_at, expires), "{token:?}");
    assert!(is_near(token.refresh_token_expires_at, refresh_expires), "{token:?}");
}

/// A time in seconds as a database prints it in UTC.
fn date(seconds: u64) -> String {
    let at = jiff::Timestamp::from_second(i64::try_from(seconds).unwrap()).unwrap();
    at.to_string().replace('T', " ").replace('Z', "")
}

fn times() -> (u64, u64) {
    (now() / 1000 + 3_600, now() / 1000 + 30 * 86_400)
}

#[test]
fn the_plan_for_hydra_moves_tokens_that_were_seen_and_refuses_signatures() {
    let (expires, later) = times();
    let header = "access_token,client_id,subject,granted_scope,expires_at,refresh_token,refresh_expires_at,request_id,session_data";
    let row = format!(
        "{},web-shop,alice,openid|offline,{},{},{},7f1b,\"{{\"\"id\"\":1}}\"",
        access(1),
        date(expires),
        refresh(1),
        date(later)
    );
    let (bench, plan) = of_repository("hydra.toml", "hydra.csv", &format!("{header}\n{row}\n"));
    bench.run(&format!("run {plan}"), 0);
    is_moved(&bench, &["openid", "offline"], expires, later);

    // The table as it is.
    let header = "signature,request_id,requested_at,client_id,scope,granted_scope,form_data,session_data,subject,active,\
                  requested_audience,granted_audience,challenge_id,nid,expires_at";
    let signature = "c1".repeat(48);
    let row = format!("{signature},7f1b,{},web-shop,openid,openid,,,alice,t,,,,n,{}", date(1), date(expires));
    let (bench, plan) = of_repository("hydra.toml", "hydra.csv", &format!("{header}\n{row}\n"));
    refused(
        &bench,
        &plan,
        &["access_token, refresh_expires_at, refresh_token", "Hydra keeps no tokens", "lazily"],
    );
    // And with the signatures called tokens.
    let header = header.replace("signature", "access_token") + ",refresh_token,refresh_expires_at";
    let (bench, plan) = of_repository("hydra.toml", "hydra.csv", &format!("{header}\n{row},,\n"));
    let ran = bench.run(&format!("run {plan}"), 1);
    assert!(ran.stderr.contains("look") && ran.stderr.contains("Hydra keeps no tokens"), "{ran:?}");
    assert_eq!(bench.ledger().request_count(), 0);
}

/// Neither check nor run gets anywhere, and both say all of this.
fn refused(bench: &Bench, plan: &str, said: &[&str]) {
    for command in ["check", "run"] {
        let ran = bench.run(&format!("{command} {plan}"), 1);
        for said in said {
            assert!(ran.stderr.contains(said), "{said} is not in {ran:?}");
        }
    }
    assert!(bench.ledger().request_count() == 0 && !bench.journal().exists());
}

#[test]
fn the_plan_for_keycloak_moves_tokens_with_their_introspection_and_refuses_sessions() {
    let (expires, later) = times();
    let answer = json!({
        "active": true, "exp": expires, "iat": expires - 300, "jti": "0b0c", "iss": "https://id.example/realms/shop", "aud": "account",
        "sub": "alice", "typ": "Bearer", "azp": "web-shop", "sid": "d8f1", "acr": "1", "scope": "openid email",
        "realm_access": { "roles": ["user"] }, "client_id": "web-shop", "username": "alice", "token_type": "Bearer",
        "token": access(1), "refresh_token": refresh(1), "refresh_exp": later,
    });
    let (bench, plan) = of_repository("keycloak.toml", "keycloak.jsonl", &format!("{answer}\n"));
    bench.run(&format!("run {plan}"), 0);
    is_moved(&bench, &["openid", "email"], expires, later);

    let header = "user_session_id,client_id,offline_flag,timestamp,data,external_client_id,client_storage_provider,version";
    let row =
        format!("6e3b0c4e-0000-4000-8000-00000000abcd,9f,1,{expires},\"{{\"\"notes\"\":1}}\",local,local,1");
    let (bench, plan) =
        of_repository("keycloak.toml", "offline_client_session.csv", &format!("{header}\n{row}\n"));
    refused(
        &bench,
        &plan,
        &[
            "exp, refresh_exp, refresh_token, scope, sub, token",
            "Keycloak keeps sessions and no tokens",
            "lazily",
        ],
    );
    let session = json!({ "user_session_id": "6e3b", "client_id": "web-shop", "data": {} });
    let (bench, plan) = of_repository("keycloak.toml", "sessions.jsonl", &format!("{session}\n"));
    let ran = bench.run(&format!("check {plan}"), 1);
    assert!(ran.stderr.contains("Keycloak keeps sessions"), "{ran:?}");
}

#[test]
fn the_plan_for_duende_moves_handles_that_were_seen_and_refuses_keys() {
    let (expires, later) = times();
    let header = "Handle,SubjectId,ClientId,Expiration,Scopes,RefreshHandle,RefreshExpiration,Type";
    let row = format!(
        "{},alice,web-shop,{}.0000000,openid api1,{},{}.0000000,reference_token",
        access(1),
        date(expires),
        refresh(1),
        date(later)
    );
    let (bench, plan) = of_repository("duende.toml", "duende.csv", &format!("\u{feff}{header}\r\n{row}\r\n"));
    bench.run(&format!("run {plan}"), 0);
    is_moved(&bench, &["openid", "api1"], expires, later);

    let header =
        "Id,Key,Type,SubjectId,SessionId,ClientId,Description,CreationTime,Expiration,ConsumedTime,Data";
    let key = "625258A82BB3DB8CEFDF1A0E6C5562E5BD4157DFE4BF9F9B2612FAA2B48A6DEB";
    let row = format!("1,{key},refresh_token,alice,,web-shop,,{},{},,{{}}", date(1), date(expires));
    let (bench, plan) = of_repository("duende.toml", "grants.csv", &format!("{header}\n{row}\n"));
    refused(&bench, &plan, &["Handle, Scopes", "IdentityServer keeps no handles", "lazily"]);
}

#[test]
fn the_plan_for_a_table_moves_its_tokens() {
    let (expires, later) = times();
    let header = "id,access_token,refresh_token,client,user_id,scopes,expires_at,refresh_expires_at,logged_in_at,grant,created_at,revoked_at,user_agent";
    let row = format!(
        "1,{},{},web-shop,alice,\"read,write\",{}.25+00,{}+00,{}+00,code,{},,Mozilla",
        access(1),
        refresh(1),
        date(expires),
        date(later),
        date(expires - 86_400),
        date(1)
    );
    let (bench, plan) = of_repository("sql-table.toml", "tokens.csv", &format!("{header}\n{row}\n"));
    bench.run(&format!("run {plan}"), 0);
    is_moved(&bench, &["read", "write"], expires, later);
    // What the table has grown since, all at once.
    let header = header.replace("user_agent", "device,tenant");
    let (bench, plan) = of_repository("sql-table.toml", "tokens.csv", &format!("{header}\n{row},x\n"));
    refused(
        &bench,
        &plan,
        &[
            "columns 13 (device), 14 (tenant)",
            "the plan does not name them",
            "the header is id, access_token",
        ],
    );
}

#[test]
fn all_that_is_wrong_with_a_plan_is_said_at_once() {
    let plan = r#"
        format = "xml"
        colour = "red"
        escape = "oracle"
        literal = ["nothing"]
        pass-over-rest = "yes"
        [map]
        token = "acessToken"
        client = "clientId"
        app = "clientId"
        grant = "grantType"
        [values]
        scopes = "no-such-file.csv"
        accessToken = { a = "b" }
        [values.subject]
        old = [1]
        [casts]
        subject = "iso"
        expiresAt = "fortnights"
        authTime = { from = "iso", zone = "Europe/Nowhere" }
        refreshTokenExpiresAt = { from = "iso", zne = "UTC" }
        [constants]
        grantType = "PASSWORD"
        authTime = "soon"
        accessToken = "same-for-all"
        [rates]
        rate = 0
        concurrency = 5000
        speed = 1
        [source]
        insted = "x"
    "#;
    let (bench, options) = planned("tokens.csv", "accessToken\n", plan);
    refused(
        &bench,
        &options,
        &[
            "21 faults: ",
            "format must be jsonl or csv",
            "colour is not known",
            "escape must be postgresql, mysql or mysql-batch",
            "literal: nothing is no known field",
            "pass-over-rest is not known, or has a value of another type",
            "map: token: acessToken is no known field",
            "two columns are clientId: app and client",
            "grantType is both a column's (grant) and a constant",
            "no-such-file.csv of the plan",
            "values: accessToken is each record's own",
            "values: those of subject must become strings or whole numbers",
            "casts: subject is no time for this cast, or no list",
            "casts: expiresAt must be",
            "Europe/Nowhere is no offset, and no time zone that this system knows",
            "casts: refreshTokenExpiresAt must be",
            "constants: authTime must be a whole number",
            "constants: accessToken is each record's own",
            "rates: rate must be",
            "rates: concurrency must be",
            "rates: speed must be",
            "source: insted is not known",
        ],
    );
    let (bench, options) = planned("tokens.csv", "accessToken\n", "format = \"csv\"\nmap = {\n");
    refused(&bench, &options, &["the plan ", "line "]);
    let ran = bench.run(&format!("check {options} --delimiter ;"), 1);
    assert!(ran.stderr.contains("cannot be used with"), "{ran:?}");
    let ran = bench.run("check --plan /no/such/plan.toml", 1);
    assert!(ran.stderr.contains("the plan /no/such/plan.toml: "), "{ran:?}");
}

/// Two records as a CSV file that only a plan can read.
fn foreign() -> String {
    let (expires, _) = times();
    let row = |number: u64| format!("{};app-{number};user-{number};r|w;{expires}.5;x", access(number));
    format!("token;app;user;perms;until;junk\n{}\n{}\n", row(1), row(2))
}

const FOREIGN: &str = r#"
    delimiter = ";"
    pass-over = ["junk"]
    map = { token = "accessToken", app = "clientId", user = "subject", perms = "scopes", until = "expiresAt" }
    values = { clientId = "clients.csv", scopes = { r = "read", w = "write" } }
    casts = { scopes = { split = "|" }, expiresAt = "seconds" }
    constants = { grantType = "PASSWORD", clientIdAliasUsed = false }
    format = "csv"
"#;

#[test]
fn the_journal_keeps_the_plan_and_no_other_command_needs_it() {
    let (bench, options) = planned("tokens.export", &foreign(), FOREIGN);
    fs::write(bench.path("clients.csv"), "app-1,42\napp-2,43\n").unwrap();
    bench.run(&format!("check {options}"), 0);
    bench.run(&format!("run --skip-dry-run {options}"), 0);
    assert_eq!(token(&bench, 2).client_id, Some(43));
    assert_eq!(token(&bench, 2).scopes.iter().map(AsRef::as_ref).collect::<Vec<&str>>(), ["read", "write"]);
    // With the plan or without, and though its files are gone.
    bench.run(&format!("verify --all {options}"), 0);
    fs::remove_file(bench.path("clients.csv")).unwrap();
    fs::remove_file(bench.path("plan.toml")).unwrap();
    bench.run("verify --all", 0);
    bench.run("status", 0);
    bench.run("run", 0);
    bench.run("reconcile", 0);
    assert_eq!(bench.reported("created"), [1, 2]);
    // Another way to read the file is none of this journal's.
    fs::write(
        bench.path("plan.toml"),
        FOREIGN
            .replace("r = \"read\"", "r = \"write\"")
            .replace("\"clients.csv\"", "{ app-1 = 42, app-2 = 43 }"),
    )
    .unwrap();
    for other in [options.as_str(), "--format csv --delimiter ;"] {
        let ran = bench.run(&format!("report {other}"), 1);
        assert!(!ran.stderr.is_empty(), "{ran:?}");
    }
    let ran = bench.rollback("delete 2");
    assert_eq!((ran.code, bench.ledger().token_count()), (Some(0), 0), "{ran:?}");
}

#[test]
fn zones_values_and_casts_that_do_not_fit_name_their_record() {
    let text = foreign();
    let plan = FOREIGN.replace("\"clients.csv\"", "{ app-1 = 42, app-2 = 43 }");
    each(
        [
            ("app-2;", "app-3;", "clientId has a value that"),
            (";r|w;", ";r|x;", "scopes has a value that"),
            (".5;x", "e9;x", "expiresAt must be a whole number: in scientific notation digits are lost"),
            (".5;x", "s;x", "expiresAt must be a whole number"),
        ],
        |(from, to, said)| {
            let (bench, options) = planned("tokens.csv", &text.replacen(from, to, 2), &plan);
            let ran = bench.run(&format!("check {options}"), 2);
            assert!(ran.stdout.contains(said), "{said} is not in {ran:?}");
        },
    );
    // The same times in a zone of their own, and without any.
    let (expires, _) = times();
    let text = text.replace(&format!("{expires}.5"), &date(expires + 7_200));
    let zoned = plan.replace("\"seconds\"", "{ from = \"iso\", zone = \"+02:00\" }");
    let (bench, options) = planned("tokens.csv", &text, &zoned);
    bench.run(&format!("run {options}"), 0);
    let at = token(&bench, 1).access_token_expires_at.unwrap();
    assert!(at.abs_diff(i64::try_from(expires).unwrap() * 1000) <= 60_000, "{at}");
    let (bench, options) = planned("tokens.csv", &text, &plan.replace("\"seconds\"", "\"iso\""));
    let ran = bench.run(&format!("check {options}"), 2);
    assert!(ran.stdout.contains("expiresAt is a date without a zone: the plan must name one"), "{ran:?}");
}

#[test]
fn members_of_json_are_planned_in_the_same_way() {
    let (expires, _) = times();
    let record = |number: u64, more: Value| {
        let mut record = json!({
            "token": access(number), "app": "app-1", "user": "alice", "perms": ["r", "w"], "until": expires, "junk": {"a": [1]},
        });
        record.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        record.to_string() + "\n"
    };
    let plan = FOREIGN
        .replace("\"clients.csv\"", "{ app-1 = 42 }")
        .replace("delimiter = \";\"", "")
        .replace("format = \"csv\"", "");
    let text = record(1, json!({})) + &record(2, json!({ "perms": "w|r", "until": expires.to_string() }));
    let (bench, options) = planned("tokens.jsonl", &text, &plan);
    bench.run(&format!("run {options}"), 0);
    assert_eq!(token(&bench, 2).scopes.iter().map(AsRef::as_ref).collect::<Vec<&str>>(), ["write", "read"]);
    // A constant is not laid over what a record says, and what nothing names is named with all others.
    for (more, said) in [
        (json!({ "grantType": "PASSWORD" }), "record has a field twice: grantType"),
        (json!({ "tenant": 1, "device": 2 }), "record has fields that are not known: device, tenant"),
    ] {
        let (bench, options) = planned("tokens.jsonl", &record(1, more), &plan);
        let ran = bench.run(&format!("check {options}"), 2);
        assert!(ran.stdout.contains(said), "{said} is not in {ran:?}");
    }
}

#[test]
fn the_pace_of_a_plan_holds_where_the_command_line_names_none() {
    let text: String = (1..=20).map(|number| crate::support::line(number) + "\n").collect();
    let (bench, options) = planned("tokens.jsonl", &text, "rates = { rate = 4, concurrency = 1 }");
    let begun = Instant::now();
    bench.run(&format!("run --skip-dry-run --probe 0 --chunk-records 4 {options}"), 0);
    // At least a question first, and five batches with a question each.
    let requests = bench.ledger().request_count();
    assert!(requests >= 11, "{requests}");
    let paced = begun.elapsed();
    assert!(paced.as_secs_f64() >= (requests - 2) as f64 / 4.0, "{requests} requests in {paced:?}");
}
