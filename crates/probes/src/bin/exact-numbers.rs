//! authlete in a program that has serde_json keep the digits of numbers, which it then hands out in a form of its own.

use authlete::models::{RawJson, Service};
use authlete_probes::Outcome;

fn main() -> Outcome {
    // Every number keeps its digits: this program is what it says it is.
    let text = r#"{"a":1,"b":[1.50,-0.0,1e+400,123456789012345678901234567890],"c":{"d":-7}}"#;
    let json: RawJson = serde_json::from_str(text)?;
    assert_eq!(json.as_str(), text);

    let service: Service = serde_json::from_str(&format!(r#"{{"apiKey":1,"newer":{text}}}"#))?;
    assert_eq!(service.unknown.get("newer").map(RawJson::as_str), Some(text));
    assert_eq!(service.api_key, Some(1));

    // What claims to be a number has to be one.
    for text in ["", " 1", "1 ", "1,2", "{}", "null", "NaN", "+1"] {
        let claimed = serde_json::json!({"$serde_json::private::Number": text});
        assert!(serde_json::from_str::<RawJson>(&claimed.to_string()).is_err(), "{text:?}");
    }
    Ok(())
}
