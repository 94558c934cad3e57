//! What an error status says of delivery, with Authlete's code and without.

use authlete::transport::ResponseBody;
use authlete::{AuthleteError, Delivery, RequestOptions};
use http::{Response, StatusCode};

use crate::fake::{Fake, batch_status, broken, create, dry_run, ok, status, unsent};

/// The statuses that a relay gives only in place of passing a request on.
const REFUSALS: [u16; 32] = [
    300, 301, 302, 303, 305, 306, 307, 308, 400, 401, 402, 403, 404, 405, 406, 407, 410, 411, 412, 413, 414,
    415, 416, 417, 421, 422, 426, 428, 431, 451, 463, 464,
];

/// The bodies of whoever is not Authlete.
const OTHERS: [&str; 8] = [
    "",
    "<html>no</html>",
    "{}",
    "[]",
    r#"{"error":"busy","code":"A001101"}"#,
    r#"{"resultCode":"a001101"}"#,
    r#"{"resultCode":"A00110"}"#,
    r#"{"resultCode":"A001101""#,
];

fn refusing(code: u16, body: &'static str) -> Fake {
    Fake::new(move |_| {
        let mut reply = Response::new(ResponseBody::from(body));
        *reply.status_mut() = StatusCode::from_u16(code).unwrap();
        Ok(reply)
    })
}

async fn creation(fake: Fake) -> AuthleteError {
    let error = create(&fake.core().build().unwrap(), None).await.unwrap_err();
    assert_eq!(fake.count(), 1);
    error
}

#[tokio::test(start_paused = true)]
async fn every_status_is_a_refusal_or_leaves_it_open() {
    for code in 300..=999 {
        for body in OTHERS {
            let error = creation(refusing(code, body)).await;
            let refused = REFUSALS.contains(&code);
            let expected = if refused { Delivery::Answered } else { Delivery::MaybeSent };
            assert_eq!((error.delivery(), error.may_resend()), (expected, refused), "{code} {body}");
        }
        let error = creation(refusing(code, r#"{"resultCode":"A001101","newer":[1]}"#)).await;
        let refused = code < 500 || code == 503;
        let expected = if refused { Delivery::Answered } else { Delivery::MaybeSent };
        assert_eq!((error.delivery(), error.may_resend()), (expected, refused), "{code} of Authlete");
    }
}

/// May the same be sent again? For a creation, a dry run, a status, and a creation that its caller knows to be harmless.
#[tokio::test(start_paused = true)]
async fn what_may_be_resent() {
    let harmless = RequestOptions::new().replay_non_idempotent(true);
    for (reply, of_creation) in [
        (unsent as fn() -> _, true),
        (broken, false),
        (|| status(400), true),
        (|| status(503), true),
        (|| status(500), false),
        // A success that cannot be read, for one reason or another.
        (|| ok("{\"requestId\":1}"), false),
        (|| ok(""), false),
        (|| ok("not JSON"), false),
    ] {
        let core = Fake::new(move |_| reply()).core().build().unwrap();
        let error = create(&core, None).await.unwrap_err();
        assert_eq!(error.may_resend(), of_creation, "{error:?}");
        assert!(error.may_resend() || !error.is_retryable());
        let Err(error) = create(&core, Some(&harmless)).await else { panic!("it met no fault") };
        assert!(error.may_resend(), "{error:?}");
        let Err(error) = dry_run(&core, None).await else { panic!("it met no fault") };
        assert!(error.may_resend(), "{error:?}");
        if let Err(error) = batch_status(&core, None).await {
            assert!(error.may_resend(), "{error:?}");
        }
    }
}

#[tokio::test]
async fn what_was_never_begun_may_be_sent() {
    let error = authlete::AuthleteCore::builder().bearer("b").base_url("nonsense").build().unwrap_err();
    assert!(error.may_resend() && !error.is_retryable());
    let fake = Fake::new(|_| unsent());
    let error = create(&fake.core().service_id("..").build().unwrap(), None).await.unwrap_err();
    assert!(error.may_resend() && !error.is_retryable(), "{error:?}");
    assert_eq!(fake.count(), 0);
}
