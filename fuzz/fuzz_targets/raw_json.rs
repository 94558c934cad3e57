//! Free JSON against serde_json.
#![no_main]

use authlete::JsonProblem;
use authlete::models::RawJson;
use serde_json::value::RawValue;

libfuzzer_sys::fuzz_target!(|text: &str| {
    let ours = text.parse::<RawJson>();
    let theirs = serde_json::from_str::<&RawValue>(text);
    match (&ours, &theirs) {
        (Ok(ours), Ok(_)) => {
            assert_eq!(ours.as_str(), text);
            // Through serde it is the value that serde_json reads, where that reads it.
            if let Ok(value) = ours.parse::<serde_json::Value>() {
                let again: RawJson = serde_json::from_str(text).expect("serde_json reads it");
                assert_eq!(again.parse::<serde_json::Value>().ok(), Some(value.clone()));
                assert_eq!(serde_json::to_value(ours).ok(), Some(value));
            }
        }
        (Err(error), Ok(_)) => assert_eq!(error.kind, JsonProblem::Depth, "{text}"),
        (Ok(_), Err(error)) => panic!("{error}: {text}"),
        (Err(_), Err(_)) => {}
    }
});
