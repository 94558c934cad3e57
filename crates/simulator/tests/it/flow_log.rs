//! What the ledger tells of tickets, codes, pushed requests and devices.

use std::time::Duration;

use authlete_simulator::{FlowEnd, FlowKind};
use serde_json::{Value, json};

use crate::client::asked;
use crate::flows::{own, public, simulator, tokens};

#[tokio::test]
async fn it_tells_how_each_ended() {
    let simulator = simulator().await;
    let mut ask =
        async |operation: &'static str, question: Value| asked(&simulator, operation, &question).await;
    let begun = simulator.now_ms();
    tokens(&mut ask, "a").await;
    let request = json!({"parameters": "client_id=1&response_type=code"});
    let ticket = ask("authorization", request.clone()).await["ticket"].clone();
    ask("authorization/fail", json!({"ticket": ticket, "reason": "DENIED"})).await;
    let pushed = ask("/pushed_auth_req", own("response_type=code")).await["requestUri"].clone();
    let by = format!("client_id=1&request_uri={}", pushed.as_str().unwrap());
    ask("authorization", json!({"parameters": by})).await;
    let password = own("grant_type=password&username=jane&password=x");
    let ticket = ask("token", password).await["ticket"].clone();
    ask("token/fail", json!({"ticket": ticket, "reason": "UNKNOWN"})).await;
    let device = ask("/device/authorization", public("")).await;
    let decision = json!({"userCode": device["userCode"], "result": "ACCESS_DENIED"});
    ask("/device/complete", decision).await;
    let device = ask("/device/authorization", public("")).await;
    let decision = json!({"userCode": device["userCode"], "result": "AUTHORIZED", "subject": "joe"});
    ask("/device/complete", decision).await;
    simulator.advance(Duration::from_secs(600));

    let flows = simulator.ledger().flows();
    let told: Vec<_> = flows.iter().map(|flow| (flow.kind, flow.subject.as_deref(), flow.end)).collect();
    let expected = [
        (FlowKind::Ticket, Some("jane"), Some(FlowEnd::Used)),
        (FlowKind::Code, Some("jane"), Some(FlowEnd::Used)),
        (FlowKind::Ticket, None, Some(FlowEnd::Denied)),
        (FlowKind::PushedRequest, None, Some(FlowEnd::Used)),
        (FlowKind::Ticket, None, None),
        (FlowKind::PasswordTicket, None, Some(FlowEnd::Denied)),
        (FlowKind::Device, None, Some(FlowEnd::Denied)),
        (FlowKind::Device, Some("joe"), Some(FlowEnd::Expired)),
    ];
    assert_eq!(told, expected);
    assert_eq!((flows[3].value.as_ref(), flows[3].client_id), (pushed.as_str().unwrap(), 1));
    assert!(
        flows
            .iter()
            .all(|flow| flow.created_at == begun && flow.service_id.as_ref() == simulator.service_id())
    );
    let ends: Vec<_> = flows.iter().filter_map(|flow| flow.ended_at).collect();
    assert_eq!(ends, [begun, begun, begun, begun, begun, begun, begun + 600_000]);
}
