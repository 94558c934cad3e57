//! Whole answers: a status, a content type and any body. What is wrong with them must not show what is in them.
#![no_main]

use std::cell::RefCell;
use std::error::Error;
use std::fmt::Write;
use std::sync::{Arc, Mutex};

use authlete::funcs::{client_list, service_get, token_operations_auth_token_create_batch_status_api};
use authlete::models::operations::{
    AuthTokenCreateBatchStatusApiRequest, ClientGetListApiRequest, ServiceGetApiRequest,
};
use authlete::transport::{ResponseBody, transport_fn};
use authlete::{AuthleteCore, AuthleteError};
use http::{HeaderValue, Response, StatusCode};

type Answer = (u8, Vec<u8>);

thread_local! {
    static NEXT: (Arc<Mutex<Answer>>, AuthleteCore, RefCell<tokio::runtime::Runtime>) = {
        let next = Arc::new(Mutex::new(Answer::default()));
        let answer = next.clone();
        let transport = transport_fn(move |_| {
            let (kind, body) = answer.lock().expect("no panic").clone();
            let statuses = [200, 200, 200, 204, 302, 400, 401, 500];
            let types = ["", "application/json", "application/json;charset=UTF-8", "text/html"];
            let mut response = Response::new(ResponseBody::from(body));
            *response.status_mut() = StatusCode::from_u16(statuses[usize::from(kind) % 8]).expect("a status");
            if let kind @ 1.. = usize::from(kind) / 8 % 4 {
                response.headers_mut().insert("content-type", HeaderValue::from_static(types[kind]));
            }
            async { Ok(response) }
        });
        let core = AuthleteCore::builder().bearer("b").service_id("1").max_response_bytes(4 << 10).transport(transport);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
        (next, core.build().expect("a core"), RefCell::new(runtime))
    };
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    const CANARY: &str = "canary";
    let Some((&kind, body)) = bytes.split_first() else { return };
    NEXT.with(|(next, core, runtime)| {
        *next.lock().expect("no panic") = (kind, body.to_owned());
        let error: Option<AuthleteError> = runtime.borrow_mut().block_on(async {
            match kind / 32 % 3 {
                0 => service_get(core, &ServiceGetApiRequest::new(), None).await.err(),
                1 => client_list(core, &ClientGetListApiRequest::new(), None).await.err(),
                _ => {
                    let request = AuthTokenCreateBatchStatusApiRequest::new("r");
                    token_operations_auth_token_create_batch_status_api(core, &request, None).await.err()
                }
            }
        });
        let mut shown = String::new();
        let mut cause = error.as_ref().map(|error| error as &dyn Error);
        while let Some(error) = cause {
            write!(shown, "{error}\n{error:?}\n").expect("a string");
            cause = error.source();
        }
        // The dictionary has the word, so that bodies do.
        assert!(!shown.contains(CANARY), "{shown}");
    });
});
