//! The operations of the API that the simulator does not play, and canned answers for any of them.

use authlete_simulator::{Fault, Operation, Simulator};
use serde_json::{Value, json};

use crate::client::{Reply, send, text};

/// The path of an operation for the first service.
fn path(simulator: &Simulator, operation: Operation) -> String {
    let path = operation.path().replace("{serviceId}", simulator.service_id());
    let segment = |text: &str| if text.starts_with('{') { "1".to_owned() } else { text.to_owned() };
    path.split('/').map(segment).collect::<Vec<_>>().join("/")
}

async fn ask(simulator: &Simulator, operation: Operation) -> Reply {
    let target = path(simulator, operation);
    send(simulator, &text(simulator, operation.method(), &target, "{}")).await
}

/// Faults as the program and `/_simulator/` take them.
fn fault(form: Value) -> Result<Fault, String> {
    serde_json::from_value(form).map_err(|error| error.to_string())
}

#[tokio::test]
async fn what_is_not_played_is_501_under_its_operation_id() {
    let simulator = Simulator::start().await.unwrap();
    assert!(Operation::ALL.len() >= 92);
    for operation in Operation::ALL {
        // One of them deletes the service.
        simulator.reset();
        let reply = ask(&simulator, *operation).await;
        let last = simulator.ledger().requests().pop().unwrap();
        assert_eq!(last.operation, Some(*operation));
        if operation.is_played() {
            assert_ne!(reply.status, 501, "{}", operation.id());
        } else {
            assert_eq!((reply.status, reply.code().as_str()), (501, "SIM006"), "{}", operation.id());
            let words = reply.json()["resultMessage"].as_str().unwrap().to_owned();
            assert!(words.starts_with("[SIM006] ") && words.contains(operation.id()), "{words}");
            assert_eq!((last.processed, last.status), (false, Some(501)));
        }
    }
}

#[tokio::test]
async fn bearer_and_service_come_before_whether_an_operation_is_played() {
    let simulator = Simulator::start().await.unwrap();
    let target = path(&simulator, Operation::VerifyJose);
    let request = text(&simulator, "POST", &target, "{}");
    let wrong = send(&simulator, &request.replace(simulator.bearer(), "wrong")).await;
    assert_eq!((wrong.status, wrong.code().as_str()), (401, "A458101"));
    let foreign = send(&simulator, &request.replace(simulator.service_id(), "999")).await;
    assert_eq!((foreign.status, foreign.code().as_str()), (404, "A458203"));
    // An operation without a service needs the bearer alone.
    let request = text(&simulator, "GET", "/api/misc/echo", "");
    assert_eq!(send(&simulator, &request).await.code(), "SIM006");
    assert_eq!(send(&simulator, &request.replace(simulator.bearer(), "wrong")).await.status, 401);
}

#[tokio::test]
async fn any_operation_gives_a_canned_answer() {
    let simulator = Simulator::start().await.unwrap();
    for operation in Operation::ALL {
        let form = json!({
            "kind": "answer", "operation": operation.id(), "action": "SERVICE_ERROR",
            "members": {"resultCode": "A1", "responseContent": null, "scopes": [{"name": "a"}]},
        });
        simulator.inject(fault(form).unwrap());
        let reply = ask(&simulator, *operation).await;
        let expected = json!({
            "action": "SERVICE_ERROR", "resultCode": "A1", "responseContent": null, "scopes": [{"name": "a"}],
            "resultMessage": "[A1] An injected fault answered.",
        });
        assert_eq!((reply.status, reply.json()), (200, expected), "{}", operation.id());
    }
    assert_eq!((simulator.ledger().processed_count(), simulator.faults().waiting()), (0, 0));
}

#[tokio::test]
async fn a_canned_answer_is_for_its_operation_and_so_often() {
    let simulator = Simulator::start().await.unwrap();
    let answer = Fault::answer(Operation::ManageGrant, "UNAUTHORIZED").member("responseContent", "Bearer");
    simulator.inject(answer.times(2));
    assert_eq!(ask(&simulator, Operation::Introspect).await.json()["action"], "BAD_REQUEST");
    for _ in 0..2 {
        let answer = ask(&simulator, Operation::ManageGrant).await.json();
        assert_eq!(
            (&answer["action"], &answer["responseContent"]),
            (&json!("UNAUTHORIZED"), &json!("Bearer"))
        );
        assert_eq!(answer["resultCode"], "SIM900");
    }
    assert_eq!(ask(&simulator, Operation::ManageGrant).await.status, 501);
    simulator.inject(Fault::answer(Operation::Introspect, "OK").always());
    for _ in 0..3 {
        assert_eq!(ask(&simulator, Operation::Introspect).await.json()["action"], "OK");
    }
}

#[test]
fn a_canned_answer_that_means_nothing_is_refused() {
    for (form, wrong) in [
        (json!({"kind": "answer", "action": "OK"}), "`operation` is required"),
        (json!({"kind": "answer", "operation": "no_such_api"}), "no_such_api"),
        (json!({"kind": "answer", "operation": "info_api", "members": []}), "expected a map"),
        (json!({"kind": "answer", "operation": "info_api", "body": "x"}), "`body` is for"),
        (json!({"kind": "answer", "operation": "info_api", "status": 400}), "`status` is for"),
        (json!({"kind": "delay", "delayMs": 1, "action": "OK"}), "`action` is for"),
        (json!({"kind": "truncatedBody", "members": {}}), "`members` is for"),
        (json!({"kind": "status", "status": 400, "body": "x", "members": {}}), "`members` contradicts"),
    ] {
        let told = fault(form.clone()).unwrap_err();
        assert!(told.contains(wrong), "{form}: {told}");
    }
    // An operation without actions has members alone, and the Java library's names are known, too.
    assert!(fault(json!({"kind": "answer", "operation": "java:echo", "members": {"a": 1}})).is_ok());
}
