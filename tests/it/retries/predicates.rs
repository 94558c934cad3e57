//! Which requests may be repeated, where that depends on the request.

use authlete::funcs::{authorization_process_request, grant_management_process_request, revocation_process};
use authlete::models::{AuthorizationRequest, GMRequest, GrantManagementAction, RevocationRequest};

use super::{ONCE, REPEATED, sent};

async fn authorization(parameters: &str) -> usize {
    let request = AuthorizationRequest::new(parameters).into();
    sent(async |core, options| {
        authorization_process_request(core, &request, Some(options)).await.unwrap_err()
    })
    .await
}

async fn revocation(request: RevocationRequest) -> usize {
    let request = request.into();
    sent(async |core, options| revocation_process(core, &request, Some(options)).await.unwrap_err()).await
}

async fn grant_management(request: GMRequest) -> usize {
    let request = request.into();
    sent(async |core, options| {
        grant_management_process_request(core, &request, Some(options)).await.unwrap_err()
    })
    .await
}

#[tokio::test(start_paused = true)]
async fn an_authorization_request_repeats_without_a_request_object() {
    for parameters in [
        "",
        "&",
        "=",
        "&&a=b&",
        "response_type=code&client_id=42&redirect_uri=https%3A%2F%2Fclient.example%2Fcb%3Frequest%3D1",
        "state=request&scope=request_uri",
        "state=a%26request%3Db",
        "state=%zz&nonce=%",
        "requests=1&xrequest=2&request_=3&_request=4&request_uri_=5&request-uri=6",
        "Request=1&REQUEST_URI=2",
        "a=b=request=c",
        "a=request",
        "na%6De=1&one+more=2&%E3%81%82=3",
        "%2572equest=1",
    ] {
        assert_eq!(authorization(parameters).await, REPEATED, "{parameters}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_authorization_request_with_a_request_object_is_sent_once() {
    for parameters in [
        "request=eyJhbGciOiJub25lIn0",
        "request_uri=urn%3Aietf%3Aparams%3Aoauth%3Arequest_uri%3A6esc",
        "client_id=42&request_uri=urn:x",
        "request=1&client_id=42",
        "client_id=42&request",
        "client_id=42&request=",
        "request&client_id=42",
        "&&request=1",
        "a=b&request==",
        // Named twice.
        "request=1&request=2",
        // Separators of other readers.
        "a=b;request=1",
        "?request=1",
        "https://as.example/authorize?request_uri=urn:x",
        // White space around the name.
        "+request=1",
        "request+=1",
        "%09request%0D%0A=1",
        " request = 1",
        "%00request=1",
    ] {
        assert_eq!(authorization(parameters).await, ONCE, "{parameters}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_percent_encoded_name_is_the_name() {
    for name in ["request", "request_uri"] {
        let encode = |chosen: &dyn Fn(usize) -> bool, lower: bool| -> String {
            let encoded = |byte: u8| if lower { format!("%{byte:02x}") } else { format!("%{byte:02X}") };
            name.bytes()
                .enumerate()
                .map(|(at, byte)| if chosen(at) { encoded(byte) } else { char::from(byte).to_string() })
                .collect()
        };
        for lower in [true, false] {
            let all = encode(&|_| true, lower);
            assert_eq!(authorization(&format!("a=b&{all}=c")).await, ONCE, "{all}");
            for place in 0..name.len() {
                let one = encode(&|at| at == place, lower);
                assert_eq!(authorization(&format!("{one}=c&a=b")).await, ONCE, "{one}");
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_name_that_does_not_decode_counts_as_any() {
    for name in
        ["%", "%4", "%zz", "a%", "a%1", "%%", "%u0072equest", "%+1", "%-1", "%FF", "%C3", "%E3%81", "a%80b"]
    {
        assert_eq!(authorization(&format!("client_id=42&{name}=1")).await, ONCE, "{name}");
        assert_eq!(authorization(&format!("{name}&client_id=42")).await, ONCE, "{name}");
        assert_eq!(revocation(RevocationRequest::new(format!("token=1&{name}=1"))).await, ONCE, "{name}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_revocation_repeats_without_an_assertion_or_attestation() {
    let plain = || RevocationRequest::new("token=45ghiukldjahdnhzdauz&token_type_hint=refresh_token");
    for request in [
        plain(),
        plain().client_id("42").client_secret("secret"),
        plain().client_certificate("-----BEGIN").client_certificate_path(["-----BEGIN"]),
        RevocationRequest::new("token=client_assertion&request=1&request_uri=2"),
        RevocationRequest::new("token=1&client_assertion_type=urn%3Aietf"),
    ] {
        assert_eq!(revocation(request.clone()).await, REPEATED, "{request:?}");
    }
    for request in [
        RevocationRequest::new("token=1&client_assertion=eyJ"),
        RevocationRequest::new("client_assertion=eyJ&token=1"),
        RevocationRequest::new("token=1&client%5Fassertion=eyJ"),
        RevocationRequest::new("token=1&%63lient_assertio%6e=eyJ"),
        plain().oauth_client_attestation("eyJ"),
        plain().oauth_client_attestation_pop("eyJ"),
        plain().oauth_client_attestation("").client_id("42"),
    ] {
        assert_eq!(revocation(request.clone()).await, ONCE, "{request:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn only_a_query_of_a_grant_repeats() {
    let request = || GMRequest::new().access_token("token").grant_id("g-1");
    let query = request().gm_action(GrantManagementAction::Query);
    assert_eq!(grant_management(query.clone()).await, REPEATED);
    // A proof is no obstacle.
    assert_eq!(grant_management(query.dpop("eyJ")).await, REPEATED);
    assert_eq!(grant_management(request()).await, ONCE);
    let others =
        GrantManagementAction::KNOWN.iter().filter(|action| **action != GrantManagementAction::Query);
    for action in others.cloned().chain(["query".into(), "".into()]) {
        assert_eq!(grant_management(request().gm_action(action.clone())).await, ONCE, "{action}");
    }
}
