//! What is read, changed and written again loses nothing, at any depth.

use std::collections::BTreeSet;

use authlete::funcs::{client_get, client_update, federation_configuration, service_get, service_update};
use authlete::models::operations::{
    ClientGetApiRequest, ClientUpdateApiRequest, FederationConfigurationApiRequest, ServiceGetApiRequest,
    ServiceUpdateApiRequest, UpdateAuthorizationTicketRequest,
};
use authlete::models::{
    AuthorizationResponse, AuthorizationTicketInfo, AuthorizationTicketUpdateRequest, Client, ClientLimited,
    FederationEntityType, Service, UserinfoResponse,
};
use serde_json::{Value, json};

use super::digest::{Digest, Kind};
use super::generate::{Fill, Generator};
use crate::fake::{Fake, ok};

/// The schemas that can stand in this one, at any depth.
fn within(schema: &str, found: &mut BTreeSet<String>) {
    if !found.insert(schema.to_owned()) {
        return;
    }
    for property in &Digest::get().schema(schema).unwrap().properties {
        let mut kind = &property.kind;
        while let Kind::List(inner) | Kind::Map(inner) = kind {
            kind = inner;
        }
        if let Kind::Named(name) = kind
            && !Digest::get().enums.contains_key(name)
        {
            within(name, found);
        }
    }
}

#[test]
fn whatever_can_stand_in_a_service_or_a_client_keeps_what_it_does_not_know() {
    let mut found = BTreeSet::new();
    within("service", &mut found);
    within("client", &mut found);
    assert!(found.len() > 10, "{found:?}");
    for schema in found {
        assert!(Digest::get().schema(&schema).unwrap().keeps, "{schema} drops unknown members");
    }
}

/// An unknown member in every object, and in every list an object.
fn filled(schema: &str, seed: u64) -> Value {
    let mut generator = Generator::new(if seed == 0 { Fill::Every } else { Fill::Any }, seed);
    generator.unknown = true;
    generator.schema(schema).value()
}

/// The request of an update after a read.
async fn rewritten(schema: &str, read: &Value) -> Value {
    let body = read.to_string();
    let fake = Fake::new(move |_| ok(body.clone()));
    let core = fake.core().build().unwrap();
    if schema == "service" {
        let mut service = service_get(&core, &ServiceGetApiRequest::new(), None).await.unwrap().into_value();
        service.description = Some("changed".to_owned());
        service_update(&core, &ServiceUpdateApiRequest::new(service), None).await.unwrap();
    } else {
        let mut client = client_get(&core, &ClientGetApiRequest::new("1"), None).await.unwrap().into_value();
        client.description = Some("changed".to_owned());
        client_update(&core, &ClientUpdateApiRequest::new("1", client), None).await.unwrap();
    }
    serde_json::from_slice(fake.requests()[1].body()).unwrap()
}

#[tokio::test]
async fn unknown_members_of_every_nested_object_are_written_again() {
    for schema in ["service", "client"] {
        for seed in 0..50 {
            let mut read = filled(schema, seed);
            let written = rewritten(schema, &read).await;
            read["description"] = json!("changed");
            assert_eq!(written, read, "{schema}, seed {seed}");
        }
    }
}

#[test]
fn so_they_are_through_serde() {
    for seed in 0..50 {
        let service = filled("service", seed);
        let read: Service = serde_json::from_value(service.clone()).unwrap();
        assert_eq!(serde_json::to_value(&read).unwrap(), service);
        let client = filled("client", seed);
        let read: Client = serde_json::from_value(client.clone()).unwrap();
        assert_eq!(serde_json::to_value(&read).unwrap(), client);
    }
}

const NUMBERS: [&str; 4] =
    ["1e400", "-1E-400", "0.1000000000000000055511151231257827", "123456789012345678901234567890"];

#[tokio::test]
async fn numbers_of_unknown_members_keep_their_digits_on_the_wire() {
    for number in NUMBERS {
        let body = format!(r#"{{"credentialIssuerMetadata":{{"newer":[{number}]}},"newest":{number}}}"#);
        let fake = Fake::new(move |_| ok(body.clone()));
        let core = fake.core().build().unwrap();
        let service = service_get(&core, &ServiceGetApiRequest::new(), None).await.unwrap().into_value();
        service_update(&core, &ServiceUpdateApiRequest::new(service), None).await.unwrap();
        let requests = fake.requests();
        let written = std::str::from_utf8(requests[1].body()).unwrap();
        assert_eq!(written.matches(number).count(), 2, "{written}");
    }
}

/// As the documentation of `RawJson` says. What serde_json does with its feature `arbitrary_precision` is tried in a program apart.
#[test]
fn through_serde_json_numbers_are_what_serde_json_makes_of_them() {
    let through = |number: &str| {
        let text = format!(r#"{{"newer":{number}}}"#);
        serde_json::from_str::<Service>(&text).map(|service| serde_json::to_string(&service).unwrap())
    };
    assert!(through("1e400").unwrap_err().to_string().contains("number out of range"));
    assert_eq!(through("0.1000000000000000055511151231257827").unwrap(), r#"{"newer":0.1}"#);
    assert_eq!(through("18446744073709551615").unwrap(), r#"{"newer":18446744073709551615}"#);
}

#[test]
fn a_whole_client_is_read_where_the_description_has_a_limited_one() {
    let whole = filled("client", 0);
    let answer: AuthorizationResponse = serde_json::from_value(json!({ "client": whole })).unwrap();
    let client = answer.client.as_ref().unwrap();
    assert_eq!(client.subject_type.as_ref().map(|kind| kind.as_str()), whole["subjectType"].as_str());
    assert_eq!(client.derived_sector_identifier.as_deref(), whole["derivedSectorIdentifier"].as_str());
    assert_eq!(client.client_uri.as_deref(), whole["clientUri"].as_str());
    assert_eq!(serde_json::to_value(&client.attributes).unwrap(), whole["attributes"]);
    assert_eq!(serde_json::to_value(client).unwrap(), whole, "nothing of it is dropped");
    let limited: ClientLimited = serde_json::from_value(whole.clone()).unwrap();
    assert_eq!(serde_json::to_value(&limited).unwrap(), whole);
}

#[test]
fn verified_claims_for_transactions_are_read_in_both_forms() {
    let lists = json!({ "requestedVerifiedClaimsForTx": [["birthdate", "nationalities"], []] });
    let objects = json!({ "requestedVerifiedClaimsForTx": [{ "array": ["birthdate", "nationalities"] }, { "array": [] }] });
    for answer in [lists, objects] {
        let read: AuthorizationResponse = serde_json::from_value(answer.clone()).unwrap();
        let claims = read.requested_verified_claims_for_tx.as_ref().unwrap();
        let names: Vec<_> = claims.iter().map(|claims| claims.names().unwrap()).collect();
        assert_eq!(names, [vec!["birthdate", "nationalities"], vec![]]);
        assert_eq!(serde_json::to_value(&read).unwrap(), answer);
        let read: UserinfoResponse = serde_json::from_value(answer).unwrap();
        assert_eq!(read.requested_verified_claims_for_tx.unwrap()[0].names().unwrap().len(), 2);
    }
    // A third form fails no call.
    let other: UserinfoResponse =
        serde_json::from_value(json!({ "requestedVerifiedClaimsForTx": ["birthdate", 7] })).unwrap();
    let claims = other.requested_verified_claims_for_tx.unwrap();
    assert_eq!((claims[0].names(), claims[1].as_raw().as_str()), (None, "7"));
}

#[tokio::test]
async fn the_context_of_a_ticket_goes_out_as_text_or_as_an_object() {
    let object = AuthorizationTicketInfo::new().context("a \"quoted\" text");
    let requests = [
        (AuthorizationTicketUpdateRequest::new("t", "a \"quoted\" text"), json!("a \"quoted\" text")),
        (AuthorizationTicketUpdateRequest::new("t", object), json!({ "context": "a \"quoted\" text" })),
    ];
    for (body, sent) in requests {
        assert!(!format!("{body:?}").contains("quoted"), "{body:?}");
        let fake = Fake::new(|_| ok("{}"));
        let core = fake.core().build().unwrap();
        let request = UpdateAuthorizationTicketRequest::new(body);
        authlete::funcs::authorization_management_update_ticket(&core, &request, None).await.unwrap();
        let seen: Value = serde_json::from_slice(fake.request().body()).unwrap();
        assert_eq!(seen, json!({ "ticket": "t", "info": sent }));
    }
}

#[tokio::test]
async fn the_types_of_a_federation_s_entity_are_sent_if_they_are_named() {
    for (request, sent) in [
        (FederationConfigurationApiRequest::new(), "{}"),
        (
            FederationConfigurationApiRequest::new()
                .entity_types([FederationEntityType::OpenidProvider, "NOVEL".into()]),
            r#"{"entityTypes":["OPENID_PROVIDER","NOVEL"]}"#,
        ),
    ] {
        let fake = Fake::new(|_| ok("{}"));
        let core = fake.core().build().unwrap();
        federation_configuration(&core, &request, None).await.unwrap();
        assert_eq!(fake.request().body(), sent);
    }
}
