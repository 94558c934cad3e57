//! Services and clients with every property, read, changed and written back.

use authlete::funcs::{client_get, client_update, service_get, service_update};
use authlete::models::RawJson;
use authlete::models::operations::{
    ClientGetApiRequest, ClientUpdateApiRequest, ServiceGetApiRequest, ServiceUpdateApiRequest,
};

use super::generate::{Fill, Generator};
use super::json::Json;
use crate::fake::{Fake, ok};

/// Every property, and members that no version knows, hard ones among them.
fn stored(schema: &str, seed: u64) -> Json {
    let mut generator = Generator::new(if seed == 0 { Fill::Every } else { Fill::Any }, seed);
    generator.novel_enums = seed % 2 == 1;
    let mut stored = generator.schema(schema);
    for (name, value) in [
        ("newSetting", r#"{"b":[1.50,1e400,-0],"a":null,"b2":"é\u0000\/"}"#),
        ("", "[]"),
        ("new\"\u{e9}\n", "12345678901234567890.00"),
        ("newNothing", "null"),
    ] {
        stored.members_mut().push((name.to_owned(), Json::Any(value.to_owned())));
    }
    stored
}

/// What goes out if only this text changes. The order is the declaration's; unknown members come last, in theirs.
fn changed(schema: &str, stored: &Json, name: &str, value: &str) -> Json {
    let known = &super::digest::Digest::get().schema(schema).unwrap().properties;
    let value_of = |name: &str| stored.members().iter().find(|(member, _)| member == name);
    let mut members = Vec::new();
    for property in known {
        if property.name == name {
            members.push((name.to_owned(), Json::Text(value.to_owned())));
        } else if let Some((_, value)) = value_of(&property.name) {
            members.push((property.name.clone(), value.clone()));
        }
    }
    let is_unknown = |(member, _): &&(String, Json)| known.iter().all(|property| property.name != *member);
    members.extend(stored.members().iter().filter(is_unknown).cloned());
    Json::Object(members)
}

fn answering(body: String) -> Fake {
    Fake::new(move |_| ok(body.clone()))
}

/// Fails unless the second request has this body. What stands inside of nested objects may stand in another order.
fn assert_written(fake: &Fake, expected: &Json) {
    let body = std::str::from_utf8(fake.requests()[1].body()).unwrap().to_owned();
    // The texts of unknown members have no equal in `serde_json`: they are compared as they are.
    for (name, value) in expected.members() {
        if let Json::Any(text) = value {
            let member = Json::object([(name.as_str(), Json::Any(text.clone()))]).text();
            assert!(body.contains(member.trim_matches(['{', '}'])), "{member} is not in {body}");
        }
    }
    let plain = |text: &str| {
        let text = text.replace("1e400", "1").replace("12345678901234567890.00", "1");
        serde_json::from_str::<serde_json::Value>(&text).unwrap()
    };
    assert_eq!(plain(&body), plain(&expected.text()));
}

#[tokio::test]
async fn a_service_keeps_what_was_not_changed() {
    for seed in 0..8 {
        let stored = stored("service", seed);
        let fake = answering(stored.text());
        let core = fake.core().build().unwrap();
        let service = service_get(&core, &ServiceGetApiRequest::new(), None).await.unwrap().into_value();
        assert_eq!(service.unknown.get("newSetting").map(RawJson::as_str).map(str::len), Some(48));
        let request = ServiceUpdateApiRequest::new(service.description("changed"));
        service_update(&core, &request, None).await.unwrap();
        assert_written(&fake, &changed("service", &stored, "description", "changed"));
    }
}

#[tokio::test]
async fn a_client_keeps_what_was_not_changed() {
    for seed in 0..8 {
        let stored = stored("client", seed);
        let fake = answering(stored.text());
        let core = fake.core().build().unwrap();
        let client = client_get(&core, &ClientGetApiRequest::new("42"), None).await.unwrap().into_value();
        let request = ClientUpdateApiRequest::new("42", client.description("changed"));
        client_update(&core, &request, None).await.unwrap();
        assert_written(&fake, &changed("client", &stored, "description", "changed"));
    }
}
