//! What people paste: a base URL, a service's ID, a bearer. Whatever it is, it is taken or refused, and not shown.
#![no_main]

use authlete::AuthleteCore;
use authlete::transport::{ResponseBody, transport_fn};

libfuzzer_sys::fuzz_target!(|parts: (&str, &str, &str)| {
    let (url, service, bearer) = parts;
    let transport = transport_fn(|_| async { Ok(http::Response::new(ResponseBody::from("{}"))) });
    let core = AuthleteCore::builder()
        .base_url(url)
        .service_id(service)
        .bearer(format!("canary{bearer}"))
        .transport(transport)
        .build();
    let shown = match core {
        Ok(core) => {
            let host = url.trim().split("//").nth(1);
            assert!(host.is_some(), "{url}");
            format!("{core:?}")
        }
        Err(error) => format!("{error}\n{error:?}"),
    };
    assert!(!shown.contains("canary"), "{shown}");
});
