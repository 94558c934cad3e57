//! The text that a request waits as.

use authlete::endpoint::authorization::Pending;
use serde_json::{Value, json};

use super::pending;

#[test]
fn it_comes_back_as_it_was() {
    for changes in [json!({}), json!({"action": "NO_INTERACTION", "prompts": ["NONE", "FROM_THE_FUTURE"]})] {
        let pending = pending(changes).hinted_subject("john");
        let text = serde_json::to_string(&pending).unwrap();
        assert_eq!(serde_json::from_str::<Pending>(&text).unwrap(), pending);
        let value = serde_json::to_value(&pending).unwrap();
        assert_eq!(serde_json::from_value::<Pending>(value).unwrap(), pending);
        let cbor = cbor4ii::serde::to_vec(Vec::new(), &pending).unwrap();
        assert_eq!(cbor4ii::serde::from_slice::<Pending>(&cbor).unwrap(), pending);
    }
}

#[test]
fn no_byte_of_it_can_change() {
    let Value::String(text) = serde_json::to_value(pending(json!({}))).unwrap() else { panic!() };
    let error = |text: &str| {
        let error = serde_json::from_value::<Pending>(json!(text)).unwrap_err().to_string();
        assert!(!error.contains("ticket") && !error.contains("hint"), "{error}");
        error
    };
    for index in 0..text.len() {
        for byte in [b'0', b'"', b'1' + (index % 8) as u8] {
            let mut changed = text.clone().into_bytes();
            if changed[index] != byte {
                changed[index] = byte;
                error(std::str::from_utf8(&changed).unwrap());
            }
        }
        error(&text[..index]);
        let mut shorter = text.clone();
        shorter.remove(index);
        error(&shorter);
    }
    error(&format!("{text} "));
    assert_eq!(error(&text.replacen(".1.", ".2.", 1)), "the text is of another version");
    assert_eq!(error(&text.replacen("authorization", "consent", 1)), "the text is of another kind");
    let Value::String(consent) = serde_json::to_value(pending(json!({})).consent("john")).unwrap() else {
        panic!()
    };
    error(&consent);
    for other in [json!(1), json!(null), json!({}), json!([text])] {
        assert!(serde_json::from_value::<Pending>(other).is_err());
    }
}

#[test]
fn it_shows_nothing_of_the_user() {
    let pending = pending(json!({"subject": "john"}));
    let debug = format!("{pending:?}");
    assert_eq!(debug, "Pending { client_id: Some(7), prompts: None, .. }");
}
