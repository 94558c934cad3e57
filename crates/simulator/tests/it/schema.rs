//! Every operation and outcome, its answer held against the API description where that lies beside the
//! project.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use authlete_simulator::{Client, Fault, Outage, RateLimit, Simulator, UnknownMembers, Validation};
use serde_json::{Value, json};

use crate::client::{Reply, accepted, call, create, send, status, text, tokens};
use crate::proof::proof;
use crate::resource_server::{self, Row};
use crate::{
    administration, code_flow, consents, device_flow, flow_settings, flows, front_channel, password,
    pushed_requests, revocation,
};

/// The API description.
struct Description(Value);

impl Description {
    /// `None`, said aloud, when it is not beside the project.
    fn beside_the_project() -> Option<Self> {
        let path =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/facts/authlete-openapi-3.0.16.json");
        if !path.exists() {
            println!("SKIPPED: no API description beside the project to hold the answers against");
            return None;
        }
        Some(Self(serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()))
    }

    /// The schema for an operation's answer of this status; an error that the operation does not list
    /// has the form that all errors have.
    fn schema(&self, operation_id: &str, status: u16) -> Option<&Value> {
        let operation = self.operation(operation_id).unwrap();
        let response = &operation["responses"][status.to_string()];
        match self.resolved(response).get("content") {
            Some(content) => Some(&content["application/json"]["schema"]),
            None if status >= 400 => Some(&self.0["components"]["schemas"]["result"]),
            None => None,
        }
    }

    /// The operation, unless only newer servers have it.
    fn operation(&self, operation_id: &str) -> Option<&Value> {
        let paths = self.0["paths"].as_object().unwrap().values();
        let mut operations = paths.flat_map(|path| path.as_object().unwrap().values());
        operations.find(|operation| operation["operationId"] == operation_id)
    }

    fn resolved<'a>(&'a self, node: &'a Value) -> &'a Value {
        match node.get("$ref").and_then(Value::as_str) {
            Some(reference) => self.resolved(self.0.pointer(&reference[1..]).unwrap()),
            None => node,
        }
    }

    /// Says what is wrong with a value. Members that the description does not name are.
    fn problems(&self, schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
        let schema = self.resolved(schema);
        let mut wrong = |what: &str| found.push(format!("{at}: {what}"));
        match schema["type"].as_str().unwrap() {
            "object" => match value.as_object() {
                None => wrong("no object"),
                Some(members) => {
                    for required in schema["required"].as_array().into_iter().flatten() {
                        if !members.contains_key(required.as_str().unwrap()) {
                            wrong(&format!("without {required}"));
                        }
                    }
                    for (name, member) in members {
                        let at = format!("{at}.{name}");
                        match schema["properties"].get(name) {
                            Some(schema) => self.problems(schema, member, &at, found),
                            None => found.push(format!("{at}: not in the description")),
                        }
                    }
                }
            },
            "array" => match value.as_array() {
                None => wrong("no array"),
                Some(items) => {
                    for (index, item) in items.iter().enumerate() {
                        self.problems(&schema["items"], item, &format!("{at}[{index}]"), found);
                    }
                }
            },
            "string" => match value.as_str() {
                None => wrong("no string"),
                Some(text) => {
                    if let Some(values) = schema["enum"].as_array()
                        && !values.iter().any(|known| known == text)
                    {
                        wrong("a value that is not listed");
                    }
                }
            },
            "integer" => match (schema["format"].as_str(), value.as_i64()) {
                (_, None) => wrong("no integer of 64 bits"),
                (Some("int32"), Some(number)) if i32::try_from(number).is_err() => wrong("more than 32 bits"),
                _ => {}
            },
            "boolean" if !value.is_boolean() => wrong("no boolean"),
            "boolean" => {}
            other => panic!("the description has a type {other}"),
        }
    }
}

/// Holds answers against the description, and notes the codes they carry.
struct Judge<'a> {
    description: &'a Description,
    codes: BTreeSet<String>,
}

impl Judge<'_> {
    /// Judges the answer to the request that the simulator saw last.
    fn judge(&mut self, simulator: &Simulator, reply: &Reply) {
        let requests = simulator.ledger().requests();
        let operation = requests.last().unwrap().operation.expect("an operation");
        if self.description.operation(operation.id()).is_none() {
            return;
        }
        let found = self.problems(operation.id(), reply);
        assert!(found.is_empty(), "{} {}: {found:?}", operation.id(), reply.status);
    }

    fn problems(&mut self, operation_id: &str, reply: &Reply) -> Vec<String> {
        let mut found = Vec::new();
        match self.description.schema(operation_id, reply.status) {
            Some(schema) => {
                let value = reply.json();
                for code in [&value["resultCode"], &value["status"]["errorCode"]] {
                    self.codes.extend(code.as_str().map(str::to_owned));
                }
                self.description.problems(schema, &value, "answer", &mut found);
            }
            None => assert!(reply.body.is_empty()),
        }
        found
    }

    async fn call(&mut self, simulator: &Simulator, method: &str, operation: &str, body: &str) -> Reply {
        let reply = call(simulator, method, operation, body).await;
        self.judge(simulator, &reply);
        reply
    }

    /// Creates a batch, applies it, and judges both answers and the pending status.
    async fn batch(&mut self, simulator: &Simulator, items: &Value) -> Value {
        let reply = self.call(simulator, "POST", "token/create/batch", &items.to_string()).await;
        let id = reply.json()["requestId"].as_str().unwrap().to_owned();
        let status = format!("token/create/batch/status/{id}");
        self.call(simulator, "GET", &status, "").await;
        simulator.advance(Duration::from_millis(50));
        self.call(simulator, "GET", &status, "").await.json()["status"].clone()
    }
}

/// An item with every member.
fn whole() -> Value {
    json!({
        "grantType": "AUTHORIZATION_CODE", "clientId": 42, "subject": "john", "scopes": ["b", "a"],
        "accessToken": "whole", "refreshToken": "r", "accessTokenDuration": 5, "refreshTokenDuration": 6,
        "properties": [{"key": "k", "value": "v"}, {"key": "l", "value": null, "hidden": true}],
        "resources": ["https://example.com/"], "jwtAtClaims": "{\"c\":1}", "acr": "acr", "authTime": 9,
        "authorizationDetails": {"elements": [{
            "type": "t", "locations": ["l"], "actions": ["a"], "dataTypes": ["d"], "identifier": "i",
            "privileges": ["p"], "otherFields": "{}",
        }, {"type": "u", "locations": null, "identifier": null}]},
        "sessionId": "s", "forExternalAttachment": true, "clientIdAliasUsed": true,
        "clientEntityIdUsed": true, "metadataDocumentUsed": true, "clientIdentifier": "alias",
    })
}

/// What a resource server asks, and tokens that are changed and revoked.
async fn resource_server(judge: &mut Judge<'_>) {
    let simulator = resource_server::simulator().await;
    for Row(operation, question, ..) in resource_server::rows(&simulator) {
        judge.call(&simulator, "POST", operation, &question.to_string()).await;
    }
    let foreign = json!({
        "grantType": "PASSWORD", "clientId": 1, "subject": "john", "scopes": ["openid"], "accessToken": "foreign",
        "dpopKeyThumbprint": "x",
    });
    judge.call(&simulator, "POST", "token/create", &foreign.to_string()).await;
    let question = json!({"token": "foreign", "dpop": proof(&simulator, "foreign", json!({}))});
    for operation in ["introspection", "userinfo"] {
        judge.call(&simulator, "POST", operation, &question.to_string()).await;
    }
    for question in [json!({"subject": "john"}), json!({})] {
        judge.call(&simulator, "POST", "token/revoke", &question.to_string()).await;
    }
}

/// The authorization code flow, with every outcome.
async fn code_flow(judge: &mut Judge<'_>) {
    let simulator = code_flow::simulator().await;
    let mut ask = async |operation: &'static str, question: Value| {
        judge.call(&simulator, "POST", operation, &question.to_string()).await.json()
    };
    code_flow::authorization(&mut ask).await;
    code_flow::token(&simulator, &mut ask).await;
    let (ticket, question) = (
        "authorization",
        json!({"parameters": "client_id=1&redirect_uri=https://app.example/cb&response_type=code"}),
    );
    let ticket = ask(ticket, question).await["ticket"].clone();
    simulator.advance(Duration::from_secs(86_400));
    ask("authorization/issue", json!({"ticket": ticket, "subject": "jane"})).await;
}

/// The other flows, with every outcome.
async fn flows(judge: &mut Judge<'_>) {
    let simulator = flows::simulator().await;
    let mut ask = async |operation: &'static str, question: Value| {
        judge.call(&simulator, "POST", operation, &question.to_string()).await.json()
    };
    revocation::outcomes(&mut ask).await;
    pushed_requests::outcomes(&simulator, &mut ask).await;
    device_flow::outcomes(&simulator, &mut ask).await;
    password::outcomes(&mut ask).await;
    front_channel::outcomes(&mut ask).await;
    front_channel::login(&mut ask).await;
    flow_settings::outcomes(&simulator, &mut ask).await;
    let simulator = flows::simulator().await;
    let mut ask = async |method: &'static str, operation: &str, body: &str| {
        judge.call(&simulator, method, operation, body).await
    };
    consents::outcomes(&simulator, &mut ask).await;
}

/// Services, clients and what is published of them.
async fn administration(judge: &mut Judge<'_>) {
    let simulator = administration::simulator().await;
    for (method, operation, body) in administration::requests() {
        judge.call(&simulator, method, operation, &body).await;
    }
    simulator.switch_service(simulator.service_id(), |own| own.unknown_members = UnknownMembers::Refuse);
    judge.call(&simulator, "POST", "/client/create", r#"{"clientNmae":"x"}"#).await;
}

/// Everything that can be said of a token, alone and in a list.
async fn tokens_in_every_state(judge: &mut Judge<'_>) {
    let simulator = Simulator::builder().manual_clock().start().await.unwrap();
    let mut bare =
        json!({"grantType": "CLIENT_CREDENTIALS", "clientIdentifier": "app", "accessToken": "bare"});
    bare["accessTokenPersistent"] = true.into();
    judge.batch(&simulator, &json!([whole(), bare])).await;
    for query in
        ["", "?start=1&end=2", "?clientIdentifier=42&subject=john", "?clientIdentifier=app", "?subject=x"]
    {
        judge.call(&simulator, "GET", &format!("token/get/list{query}"), "").await;
    }
    for question in [
        json!({"token": "whole", "scopes": ["a"], "subject": "john"}),
        json!({"token": "bare"}),
        json!({"token": "whole", "scopes": ["c"]}),
        json!({"token": "whole", "subject": "jane"}),
        json!({"token": "unknown"}),
        json!({}),
    ] {
        judge.call(&simulator, "POST", "introspection", &question.to_string()).await;
    }
    simulator.advance(Duration::from_secs(60));
    judge.call(&simulator, "POST", "introspection", r#"{"token":"whole"}"#).await;

    let mut alone = whole();
    alone["accessToken"] = "alone".into();
    alone["refreshToken"] = "s".into();
    for item in [alone.clone(), alone, json!({"grantType": "CLIENT_CREDENTIALS", "clientId": 1})] {
        judge.call(&simulator, "POST", "token/create", &item.to_string()).await;
    }
    for _ in 0..2 {
        judge.call(&simulator, "DELETE", "token/delete/bare", "").await;
    }
}

/// Every rule, at once and in a batch, and what fails a batch besides.
async fn broken_rules(judge: &mut Judge<'_>) {
    let changes = [
        json!({"grantType": null}),
        json!({"grantType": "NONSENSE"}),
        json!({"grantType": "REFRESH_TOKEN"}),
        json!({"clientId": null}),
        json!({"clientId": 43}),
        json!({"accessToken": null}),
        json!({"refreshToken": ""}),
        json!({"subject": null}),
        json!({"subject": "jöhn"}),
        json!({"scopes": ["other"]}),
        json!({"accessTokenDuration": -1}),
        json!({"jwtAtClaims": "[]"}),
    ];
    let strict = || {
        let builder = Simulator::builder().manual_clock().clients([Client::new(42)]);
        builder.scopes(["profile"]).require_access_token(true)
    };
    let at_once = strict().start().await.unwrap();
    let in_batch = strict().validation(Validation::InBatch).start().await.unwrap();
    for change in &changes {
        let mut items = tokens(&["a"]);
        items[0].as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        judge.call(&at_once, "POST", "token/create/batch", &items.to_string()).await;
        judge.call(&at_once, "POST", "token/create", &items[0].to_string()).await;
        assert_eq!(judge.batch(&in_batch, &items).await["result"], "FAILED", "{change}");
    }

    let simulator = Simulator::builder().manual_clock().poison("bad").start().await.unwrap();
    let mut twice = tokens(&["b", "c"]);
    twice[0]["refreshToken"] = "r".into();
    twice[1]["refreshToken"] = "r".into();
    for (items, result) in [
        (tokens(&["a"]), "SUCCEEDED"),
        (tokens(&["a"]), "FAILED"),
        (twice, "FAILED"),
        (tokens(&["bad"]), "FAILED"),
    ] {
        assert_eq!(judge.batch(&simulator, &items).await["result"], result);
    }
    simulator.fail_next_batch(0);
    judge.batch(&simulator, &tokens(&["d"])).await;
    judge.call(&simulator, "GET", "token/create/batch/status/unknown", "").await;
    for operation in ["token/create/batch?dryRun=true", "token/create/batch?dryRun=x"] {
        judge.call(&simulator, "POST", operation, "[]").await;
    }
}

/// What is refused before an operation is reached, and what is turned away.
async fn refusals(judge: &mut Judge<'_>) {
    let simulator = Simulator::builder().max_body_bytes(100).max_batch_items(1).start().await.unwrap();
    judge.call(&simulator, "POST", "token/create/batch", "[{},{}]").await;
    judge.call(&simulator, "POST", "token/create/batch", &" ".repeat(101)).await;
    judge.call(&simulator, "POST", "token/create", "[]").await;
    judge.call(&simulator, "GET", "token/get/list?start=x", "").await;
    let ask = text(&simulator, "POST", "/api/1/auth/introspection", "{}");
    for (from, to) in [
        ("authorization: Bearer simulator-bearer\r\n", ""),
        ("simulator-bearer", "wrong"),
        ("", ""),
        ("/api/1/", "/api/1234567890/"),
    ] {
        let ask = ask.replace(from, to).replace("application/json", "text/plain");
        let reply = send(&simulator, &ask).await;
        judge.judge(&simulator, &reply);
    }
    simulator.inject(Fault::status(500));
    judge.call(&simulator, "GET", "token/get/list", "").await;
    // The description has no 501.
    let ask = text(&simulator, "POST", "/api/1234567890/jose/verify", "{}");
    judge.codes.insert(send(&simulator, &ask).await.code());
    simulator.limit_rate(RateLimit::per_second(0));
    judge.call(&simulator, "GET", "token/get/list", "").await;
}

/// The codes that the README lists.
fn codes_of_the_readme() -> BTreeSet<String> {
    let (_, section) = include_str!("../../README.md").split_once("\n## Codes\n").unwrap();
    let quoted = section.split('`').skip(1).step_by(2);
    let is_code = |text: &&str| {
        let digits = text.strip_prefix("SIM").or_else(|| text.strip_prefix('A'));
        digits.is_some_and(|digits| digits.len() >= 3 && digits.bytes().all(|byte| byte.is_ascii_digit()))
    };
    quoted.filter(is_code).map(str::to_owned).collect()
}

#[tokio::test]
async fn every_answer_is_as_the_description_has_it() {
    let Some(description) = Description::beside_the_project() else {
        return;
    };
    let mut judge = Judge { description: &description, codes: BTreeSet::new() };
    tokens_in_every_state(&mut judge).await;
    resource_server(&mut judge).await;
    code_flow(&mut judge).await;
    flows(&mut judge).await;
    administration(&mut judge).await;
    broken_rules(&mut judge).await;
    refusals(&mut judge).await;
    assert_eq!(judge.codes, codes_of_the_readme());
}

#[tokio::test]
async fn nulls_are_the_only_thing_that_the_switches_add() {
    let Some(description) = Description::beside_the_project() else {
        return;
    };
    let mut judge = Judge { description: &description, codes: BTreeSet::new() };
    let simulator = Simulator::builder().manual_clock().nulls(true).start().await.unwrap();
    let id = accepted(&simulator, &tokens(&["a"])).await;
    status(&simulator, &id).await;
    simulator.advance(Duration::from_millis(50));
    let item = tokens(&["b"])[0].to_string();
    for (method, operation, body) in [
        ("GET", format!("token/create/batch/status/{id}"), ""),
        ("GET", "token/get/list".to_owned(), ""),
        ("POST", "introspection".to_owned(), r#"{"token":"a"}"#),
        ("POST", "token/create".to_owned(), item.as_str()),
    ] {
        let reply = call(&simulator, method, &operation, body).await;
        let operation = simulator.ledger().requests().last().unwrap().operation.unwrap();
        let found = judge.problems(operation.id(), &reply);
        assert!(!found.is_empty(), "{}", operation.id());
        for problem in found {
            let (member, what) = problem.split_once(": ").unwrap();
            let pointer = member.trim_start_matches("answer").replace(['.', '['], "/").replace(']', "");
            assert_eq!(reply.json().pointer(&pointer), Some(&Value::Null), "{member}: {what}");
        }
    }
}

#[tokio::test]
async fn the_judge_sees_what_is_wrong() {
    let Some(description) = Description::beside_the_project() else {
        return;
    };
    let schema = description.schema("auth_token_get_list_api", 200).unwrap();
    for (value, wrong) in [
        (json!([]), "answer: no object"),
        (json!({"resultCode": "A"}), "answer.resultCode: not in the description"),
        (json!({"start": 1_i64 << 40}), "answer.start: more than 32 bits"),
        (
            json!({"accessTokens": [{"clientId": null}]}),
            "answer.accessTokens[0].clientId: no integer of 64 bits",
        ),
        (
            json!({"accessTokens": [{"grantType": "X"}]}),
            "answer.accessTokens[0].grantType: a value that is not listed",
        ),
    ] {
        let mut found = Vec::new();
        description.problems(schema, &value, "answer", &mut found);
        assert_eq!(found, [wrong]);
    }
    // An outage's page is no JSON, and is not meant to be.
    let simulator = Simulator::builder().outage(Outage::unavailable()).start().await.unwrap();
    assert!(create(&simulator, &json!([])).await.body.starts_with(b"<html>"));
}
