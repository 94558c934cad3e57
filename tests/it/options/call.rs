//! What one call does differently.

use authlete::{AuthleteError, Delivery, RequestOptions};

use super::builder::{WRONG_HEADERS, WRONG_URLS};
use crate::fake::{Fake, batch_status, create, fine};
use crate::support::{BEARER, assert_discreet, simulator};

#[tokio::test]
async fn headers_of_the_call_replace_all_others() {
    let fake = Fake::new(|_| fine());
    let core = fake.core().header("x-tenant", "blue").header("x-kept", "yes").build().unwrap();
    let options = RequestOptions::new()
        .header("X-Tenant", "red")
        .header("user-agent", "mine/2")
        .header("Authorization", "DPoP abc")
        .header("accept", "application/vnd.x+json");

    create(&core, Some(&options)).await.unwrap();
    let request = fake.request();
    for (name, value) in [
        ("x-tenant", "red"),
        ("x-kept", "yes"),
        ("user-agent", "mine/2"),
        ("authorization", "DPoP abc"),
        ("accept", "application/vnd.x+json"),
    ] {
        let values: Vec<_> = request.headers().get_all(name).iter().collect();
        assert_eq!(values, [value]);
    }
    // For that call alone.
    create(&core, None).await.unwrap();
    assert_eq!(fake.header("authorization")[1], format!("Bearer {BEARER}"));
}

#[tokio::test]
async fn headers_and_urls_are_checked_as_those_of_the_core() {
    let fake = Fake::new(|_| fine());
    let core = fake.core().build().unwrap();
    for (name, value, what) in WRONG_HEADERS {
        // The first refusal counts, whatever is set after it.
        let options = RequestOptions::new().header(name, value).header("host", "b").base_url("");
        let error = create(&core, Some(&options)).await.unwrap_err();
        let AuthleteError::SdkValidation { rejected, .. } = &error else { panic!("{error:?}") };
        assert_eq!(rejected.what(), *what);
        assert!(!format!("{error} {error:?}").contains("canary"));
    }
    for url in WRONG_URLS {
        let options = RequestOptions::new().base_url(url);
        let error = create(&core, Some(&options)).await.unwrap_err();
        assert!(matches!(error, AuthleteError::SdkValidation { .. }), "{url:?}: {error:?}");
        assert_discreet_but_for_the_form(&error);
    }
}

/// The text shows the form a URL must have, which is none.
fn assert_discreet_but_for_the_form(error: &AuthleteError) {
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains("authlete.com") && !shown.contains("canary"), "{shown}");
}

#[tokio::test]
async fn call_can_go_elsewhere() {
    let here = simulator().await;
    let there = simulator().await;
    let core = crate::support::core(here.url()).build().unwrap();
    let options = RequestOptions::new().base_url(there.url());
    create(&core, Some(&options)).await.unwrap();
    assert_eq!((here.ledger().request_count(), there.ledger().batches().len()), (0, 1));
    create(&core, None).await.unwrap();
    assert_eq!((here.ledger().batches().len(), there.ledger().request_count()), (1, 1));
}

#[tokio::test]
async fn prefix_of_the_call_replaces_that_of_the_core() {
    let fake = Fake::new(|_| fine());
    let core = fake.core().base_url("https://a.example/one").build().unwrap();
    let options = RequestOptions::new().base_url("https://b.example/two/");
    batch_status(&core, Some(&options)).await.unwrap();
    let expected = "https://b.example/two/api/1234567890/auth/token/create/batch/status/r-1";
    assert_eq!(fake.request().uri().to_string(), expected);
}

#[tokio::test]
async fn plain_http_elsewhere_is_the_cores_to_allow() {
    let options = RequestOptions::new().base_url("http://example.com");
    let fake = Fake::new(|_| fine());
    let error = create(&fake.core().build().unwrap(), Some(&options)).await.unwrap_err();
    assert!(matches!(error, AuthleteError::SdkValidation { .. }), "{error:?}");
    assert_eq!((fake.count(), error.delivery()), (0, Delivery::NotSent));
    assert_discreet(&error);
    create(&fake.core().allow_plain_http(true).build().unwrap(), Some(&options)).await.unwrap();
    assert_eq!(fake.request().uri().host(), Some("example.com"));
}
