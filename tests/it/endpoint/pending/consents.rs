//! What was allowed, and what is issued for it.

use authlete::endpoint::authorization::{Consent, Login, NextStep, UserSession};
use serde_json::{Value, json};

use super::{BEGAN, at, issued, pending, word};

fn john() -> UserSession<'static> {
    UserSession::new().login(Login::new("john").auth_time(9_000).acr("gold"))
}

#[test]
fn what_was_allowed_is_issued() {
    let pending = pending(json!({}));
    let mut consent = pending.consent("john");
    assert_eq!(consent.scopes, ["openid", "email", "pay:1"]);
    assert_eq!(consent.claims, ["email", "name", "phone"]);
    assert_eq!((consent.subject(), consent.client()), ("john", 7));
    consent.scopes.remove(1);
    consent.claims.remove(0);
    consent.details.remove(0);
    let known = r#"{"email":"j@example.com", "name" : {"a":[1,"}"]},"phone":1,"sub":"x"}"#;
    let session = john().allowed(&consent).id_token_claims(known);
    let request = issued(pending.next(&session, at(BEGAN)));
    assert_eq!((request.ticket.expose(), request.subject.as_str()), ("the-ticket", "john"));
    assert_eq!((request.auth_time, request.acr.as_deref()), (Some(9_000), Some("gold")));
    assert_eq!(request.scopes.unwrap(), ["openid", "pay:1"]);
    assert_eq!(request.consented_claims.unwrap(), ["name", "phone"]);
    // The phone number is for UserInfo responses.
    let claims: Value = serde_json::from_str(&request.claims.unwrap()).unwrap();
    assert_eq!(claims, json!({"name": {"a": [1, "}"]}}));
    let details = request.authorization_details.unwrap().elements.unwrap();
    assert_eq!(details[0].type_.as_deref(), Some("b"));
    assert_eq!(details.len(), 1);

    // The next time, only what was allowed needs no page.
    let before = [consent];
    assert_eq!(pending.next(&john().consents(&before), at(BEGAN)), NextStep::Consent);
}

#[test]
fn nothing_is_granted_that_was_not_requested() {
    let wide = [pending(json!({})).consent("john")];
    let narrow = pending(json!({
        "scopes": [{"name": "email"}], "dynamicScopes": null, "claims": null, "authorizationDetails": null
    }));
    let request = issued(narrow.next(&john().consents(&wide).id_token_claims("{}"), at(BEGAN)));
    assert_eq!(request.scopes.unwrap(), ["email"]);
    assert_eq!(request.consented_claims.unwrap(), ["name", "phone"]);
    assert_eq!((request.claims.as_deref(), request.authorization_details), (Some("{}"), None));
    assert_eq!(word(&narrow.next(&john().allowed(&wide[0]), at(BEGAN))), "SERVER_ERROR");
    let silent = pending(json!({"scopes": null, "dynamicScopes": null}));
    let request = issued(silent.next(&john().allowed(&silent.consent("john")), at(BEGAN)));
    assert_eq!((request.scopes, request.claims), (Some(vec![]), None));
}

/// A consent holds for what was asked, and for nothing else.
#[test]
fn any_other_request_asks_again() {
    let before = [pending(json!({})).consent("john")];
    let after = |changes: Value| word(&pending(changes).next(&john().consents(&before), at(BEGAN)));
    assert_eq!(after(json!({})), "issue");
    for same in [
        json!({"scopes": [{"name": "email"}, {"name": "openid", "description": "new words"}]}),
        json!({"dynamicScopes": null}),
        json!({"resources": null}),
        json!({"purpose": null}),
        json!({"nativeSsoRequested": false}),
    ] {
        assert_eq!(after(same.clone()), "issue", "{same}");
    }
    for other in [
        json!({"client": {"clientId": 8}}),
        json!({"scopes": [{"name": "openid"}, {"name": "phone"}]}),
        json!({"dynamicScopes": [{"name": "pay", "value": "pay:2"}]}),
        json!({"claims": ["address"]}),
        json!({"claimsAtUserInfo": ["address"]}),
        json!({"authorizationDetails": {"elements": [{"type": "a", "actions": ["write"]}]}}),
        json!({"resources": ["https://rs.example/", "https://other.example/"]}),
        json!({"purpose": "to sell you"}),
        json!({"idTokenClaims": r#"{"email":null}"#}),
        json!({"userInfoClaims": "{}"}),
        json!({"transformedClaims": "{}"}),
        json!({"issuableCredentials": "[]"}),
        json!({"requestedClaimsForTx": ["birthdate"]}),
        json!({"requestedVerifiedClaimsForTx": [["birthdate"]]}),
        json!({"gmAction": "MERGE", "grantId": "g"}),
        json!({"nativeSsoRequested": true}),
        json!({"prompts": ["CONSENT"]}),
    ] {
        assert_eq!(after(other.clone()), "consent", "{other}");
        let mut silent = other.clone();
        silent["action"] = json!("NO_INTERACTION");
        assert_eq!(after(silent), "CONSENT_REQUIRED");
        // Nor can an answer of then be one of now.
        let answer = pending(other.clone()).next(&john().allowed(&before[0]), at(BEGAN));
        let is_narrower = word(&answer) == "issue";
        assert_eq!(is_narrower, other.get("prompts").is_some(), "{other}");
    }
}

/// Two consents do not add up to one.
#[test]
fn one_consent_must_have_everything() {
    let pending = pending(json!({}));
    let (mut one, mut other) = (pending.consent("john"), pending.consent("john"));
    one.scopes.remove(0);
    other.scopes.remove(1);
    let halves = [one, other];
    assert_eq!(pending.next(&john().consents(&halves), at(BEGAN)), NextStep::Consent);
    let found = [halves[0].clone(), pending.consent("jane"), pending.consent("john")];
    assert_eq!(word(&pending.next(&john().consents(&found), at(BEGAN))), "issue");
}

#[test]
fn an_answer_cannot_leave_out_what_is_issued_anyway() {
    let asked = pending(json!({"purpose": "to sell you", "resources": ["https://a.example/"]}));
    let other = pending(json!({"purpose": null, "resources": null})).consent("john");
    assert_eq!(word(&asked.next(&john().allowed(&other), at(BEGAN))), "SERVER_ERROR");
}

#[test]
fn a_consent_is_kept_as_text() {
    let consent = pending(json!({})).consent("john");
    let text = serde_json::to_string(&consent).unwrap();
    assert_eq!(serde_json::from_str::<Consent>(&text).unwrap(), consent);
    let cbor = cbor4ii::serde::to_vec(Vec::new(), &consent).unwrap();
    assert_eq!(cbor4ii::serde::from_slice::<Consent>(&cbor).unwrap(), consent);
    assert!(serde_json::from_str::<Consent>(&text.replace("john", "jane")).is_err());
    let debug = format!("{consent:?}");
    assert!(!debug.contains("john") && !debug.contains("email"), "{debug}");
}
