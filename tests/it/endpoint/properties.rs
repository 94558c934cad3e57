//! What holds for any answer.

use authlete::endpoint::Nonces;
use http::HeaderValue;
use proptest::prelude::*;

use super::harness::{ENDPOINTS, Outcome, WORDS, answer, builder, options};

/// Every header that a response may have.
const HEADERS: [&str; 11] = [
    "cache-control",
    "content-digest",
    "content-type",
    "dpop-nonce",
    "location",
    "oauth-client-attestation-challenge",
    "pragma",
    "retry-after",
    "signature",
    "signature-input",
    "www-authenticate",
];

fn content() -> impl Strategy<Value = Option<String>> {
    proptest::option::of(prop_oneof![
        any::<String>(),
        "[ -~]{0,40}",
        "(https?|app)://[a-z.]{0,10}[ -~]{0,20}",
        "[a-zA-Z\"=, ]{0,10}\r?\n[a-z]{1,5}: [a-z]{1,5}",
        Just("\r\n\r\n".to_owned()),
    ])
}

fn header() -> impl Strategy<Value = Option<String>> {
    proptest::option::of(prop_oneof![any::<String>(), "[!-~]{1,20}", "[!-~]{0,5}\r\n[a-z]{1,5}: x"])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_answer_becomes_a_valid_response_or_a_state(
        unknown in any::<String>(),
        content in content(),
        nonce in header(),
        challenge in header(),
        signature in header(),
        carried in "[ -~]{0,10}",
        realm in any::<String>(),
    ) {
        let mut options = options();
        if let Ok(with_realm) = builder().realm(&realm).build() {
            options = with_realm;
        }
        if let Ok(value) = HeaderValue::from_str(&carried) {
            options = options.with(&Nonces::of(value.to_str().ok().map(str::to_owned), None));
        }
        for endpoint in ENDPOINTS {
            let known = (endpoint.known)();
            for action in known.iter().copied().map(Some).chain([None, Some(unknown.as_str())]) {
                let mut value = answer(endpoint.api, action, content.as_deref());
                value["dpopNonce"] = nonce.clone().into();
                value["attestationChallenge"] = challenge.clone().into();
                for field in ["signature", "signatureInput", "contentDigest"] {
                    value[field] = signature.clone().into();
                }
                let Outcome::Respond(response) = (endpoint.call)(value, &options) else { continue };

                let status = response.status().as_u16();
                prop_assert!(matches!(status, 200..=204 | 303 | 400..=413 | 500), "{status}");
                let body = std::str::from_utf8(response.body()).unwrap();
                let own = ["", "{}", r#"{"error":"server_error"}"#];
                prop_assert!(own.contains(&body) || Some(body) == content.as_deref());
                prop_assert_eq!(body.is_empty(), !response.headers().contains_key("content-type"));
                prop_assert_eq!(&response.headers()["cache-control"], "no-store");
                let mut names = std::collections::BTreeSet::new();
                for (name, value) in response.headers() {
                    prop_assert!(names.insert(name.as_str()) && HEADERS.contains(&name.as_str()), "{}", name);
                    prop_assert!(!value.as_bytes().iter().any(|byte| matches!(byte, b'\r' | b'\n' | 0)));
                    let text = String::from_utf8_lossy(value.as_bytes());
                    prop_assert!(!text.contains(WORDS));
                }
                prop_assert!(!body.contains(WORDS));
                // A 401 has a challenge (RFC 9110 section 11.6.1).
                prop_assert!(status != 401 || names.contains("www-authenticate"));
                prop_assert!(action.is_some_and(|action| known.contains(&action)) || status == 500);
            }
        }
    }
}
