//! What decoding takes at most, counted by the allocator.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use authlete::funcs::{client_list, misc_echo, service_get, token_operations_auth_token_create_batch_api};
use authlete::models::operations::{
    AuthTokenCreateBatchApiRequest, ClientGetListApiRequest, MiscEchoApiRequest, ServiceGetApiRequest,
};
use authlete::models::{GrantType, TokenCreateRequest};
use authlete::transport::{ResponseBody, transport_fn};
use authlete::{AuthleteCore, AuthleteError, ResponseProblem};
use bytes::Bytes;

/// What a call takes besides, and what a reader may take of any text.
const CONSTANT: usize = 80 << 10;

#[derive(Clone, Copy)]
enum Target {
    /// A list of large models, which keep what they do not know.
    Clients,
    /// One large model with lists, which does so, too.
    Service,
    /// Strings by any name.
    Map,
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum Outcome {
    Read,
    TooLarge,
}

use Outcome::{Read, TooLarge};
use Target::{Clients, Map, Service};

/// A text and what is to become of it: what it begins with, what is repeated as often as there is room, with `#` as the number
/// of the repetition, and what it ends with.
type Row = (Target, Outcome, &'static str, &'static str, &'static str);

const ROWS: [Row; 22] = [
    // Nothing to keep.
    (Service, Read, "{", " ", "}"),
    (Clients, Read, "{\"newer\":[", "0,", "]}"),
    (Clients, Read, "{\"newer\":[", "{\"a\":[]},", "]}"),
    (Clients, Read, "{", "\"newer\":\"\\n\",", "}"),
    (Map, Read, "{\"a\":\"", "a", "\"}"),
    // Kept as long as it is, or half as long.
    (Service, Read, "{\"serviceName\":\"", "a", "\"}"),
    (Service, Read, "{\"serviceName\":\"", "\\n", "\"}"),
    (Service, Read, "{\"serviceName\":\"", "\\u20ac", "\"}"),
    (Service, Read, "{\"newer\":[", "0,", "]}"),
    (Service, Read, "{\"a\":0,\"", "\\u0041", "\":1}"),
    // Read again and again, and dropped as often.
    (Service, Read, "{", "\"serviceName\":\"a name of some length\",", "}"),
    // Each larger than its text.
    (Clients, TooLarge, "{\"clients\":[", "{},", "]}"),
    (Clients, TooLarge, "{", "\"clients\":[{}],", "}"),
    (Clients, TooLarge, "{\"clients\":[{", "\"\":0,", "}]}"),
    (Service, TooLarge, "{\"supportedScopes\":[", "{},", "]}"),
    (Service, TooLarge, "{\"supportedScopes\":[{\"attributes\":[", "{},", "]}]}"),
    (Service, TooLarge, "{\"supportedUiLocales\":[", "\"\",", "]}"),
    (Service, TooLarge, "{\"supportedGrantTypes\":[", "\"A\",", "]}"),
    (Service, TooLarge, "{", "\"#\":0,", "}"),
    (Map, TooLarge, "{", "\"#\":\"\",", "}"),
    (Map, TooLarge, "{", "\"\\u0061#\":\"\\n\",", "}"),
    // As large as clients are.
    (
        Clients,
        Read,
        "{\"clients\":[",
        r#"{"number":#,"clientName":"A client of a usual name","clientId":26478243745571,"clientSecret":"gXz97ISgLs4HuXwOZWch8GEmgL4YMvUJwu3er_kDVVGcA0UOhA9avLPbEmoeZdagi9yC_-tEiT2BdRyH9dbrQQ","clientType":"CONFIDENTIAL","applicationType":"WEB","createdAt":1639468356000,"modifiedAt":1639468356000,"grantTypes":["AUTHORIZATION_CODE","REFRESH_TOKEN"],"responseTypes":["CODE","TOKEN"],"redirectUris":["https://my-client.example.com/cb1","https://my-client.example.com/cb2"],"tokenAuthMethod":"CLIENT_SECRET_BASIC","defaultMaxAge":0,"idTokenSignAlg":"RS256","subjectType":"PUBLIC","userInfoSignAlg":"RS256","bcUserCodeRequired":false,"attributes":[{"key":"attribute1-key","value":"attribute1-value"},{"key":"attribute2-key","value":"attribute2-value"}],"extension":{"requestableScopesEnabled":false},"customMetadata":"{\"a\":1}","parRequired":false,"requestObjectRequired":false,"frontChannelRequestObjectEncryptionRequired":false,"singleAccessTokenPerSubject":false,"pkceRequired":true,"pkceS256Required":false,"dpopRequired":false,"locked":false,"newer":{"x":[1,2,3]}},"#,
        "]}",
    ),
];

fn text((_, _, start, item, end): Row, limit: usize) -> String {
    let mut text = String::with_capacity(limit);
    text.push_str(start);
    if item.contains('#') {
        let items = (0..).map(|number| item.replace('#', &number.to_string()));
        for item in items {
            if text.len() + item.len() + end.len() > limit {
                break;
            }
            text.push_str(&item);
        }
    } else {
        text.push_str(&item.repeat((limit - start.len() - end.len()) / item.len()));
    }
    if text.ends_with(',') {
        text.pop();
    }
    text + end
}

/// Brackets without end, which are passed over.
fn nested(limit: usize) -> String {
    let depth = limit / 2 - 6;
    format!("{{\"newer\":{}{}}}", "[".repeat(depth), "]".repeat(depth))
}

fn check(target: Target, outcome: Outcome, item: &str, text: String, limit: usize) {
    let what = text[..text.len().min(40)].to_owned();
    assert!(text.len() <= limit);
    let body = Bytes::from(text);
    let transport = transport_fn(move |_| {
        let body = body.clone();
        async { Ok(http::Response::new(ResponseBody::from(body))) }
    });
    // However slow the machine is.
    let hour = Duration::from_secs(3_600);
    let core = AuthleteCore::builder()
        .bearer("b")
        .service_id("1")
        .transport(transport)
        .max_response_bytes(limit)
        .timeout(hour)
        .attempt_timeout(hour)
        .build()
        .unwrap();
    let mut found = None;
    let counted = allocation_counter::measure(|| {
        found = Some(match target {
            Clients => run(client_list(&core, &ClientGetListApiRequest::new(), None)),
            Service => run(service_get(&core, &ServiceGetApiRequest::new(), None)),
            Map => run(misc_echo(&core, &MiscEchoApiRequest::new(), None)),
        });
    });
    let peak = usize::try_from(counted.bytes_max).unwrap();
    assert!(peak <= 4 * limit + CONSTANT, "{peak} bytes for {what}");
    // No allocator has chunks below 32 bytes, 8 of which are its own. What is short is no more than a byte long here, but for the rows
    // of lists, whose blocks are few.
    if item == "\"A\"," {
        let chunks = peak + 31 * usize::try_from(counted.count_max).unwrap();
        assert!(chunks <= 4 * limit + CONSTANT, "{chunks} bytes in chunks for {what}");
    }
    assert_eq!(found, Some(outcome), "{what}");
}

fn run<T>(call: impl Future<Output = Result<T, AuthleteError>>) -> Outcome {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    match runtime.block_on(call) {
        Ok(_) => Read,
        Err(AuthleteError::ResponseValidation { problem: ResponseProblem::TooLarge, .. }) => TooLarge,
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn decoding_takes_four_times_the_limit_at_most() {
    for row in ROWS {
        let limit = 256 << 10;
        check(row.0, row.1, row.3, text(row, limit), limit);
    }
    // The usual limit.
    let limit = 16 << 20;
    check(Clients, Read, "[", nested(limit), limit);
    for row in ROWS.into_iter().filter(|row| ["{},", "a"].contains(&row.3)) {
        check(row.0, row.1, row.3, text(row, limit), limit);
    }
}

#[test]
fn an_error_keeps_no_more_of_a_body_than_it_shows() {
    let transport = transport_fn(|_| async {
        let mut response = http::Response::new(ResponseBody::from("x".repeat(4 << 20)));
        *response.status_mut() = http::StatusCode::BAD_GATEWAY;
        Ok(response)
    });
    let core =
        AuthleteCore::builder().bearer("b").service_id("1").transport(transport).max_error_bytes(1 << 10);
    let core = core.build().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let mut kept = None;
    let counted = allocation_counter::measure(|| {
        kept = runtime.block_on(misc_echo(&core, &MiscEchoApiRequest::new(), None)).err();
    });
    assert_eq!(kept.unwrap().body().unwrap().len(), 1 << 10);
    assert!(counted.bytes_current < 16 << 10, "{} bytes are kept", counted.bytes_current);
}

/// How long the access token of this index is.
type Length = fn(usize) -> usize;

/// However the sizes of its tokens differ.
#[test]
fn a_batch_takes_little_more_memory_than_its_body() {
    const COUNT: usize = 20_000;
    // While a buffer grows, the old one counts as well.
    let lengths: [(Length, f64); 4] = [
        (|_| 40, 1.03),
        // The first tokens tell nothing of the rest.
        (|index| if index < 64 { 1 } else { 400 }, 2.03),
        (|index| if index < 1_000 { 400 } else { 300 }, 1.31),
        (|index| 10 + index / 40, 2.03),
    ];
    for (length_of, factor) in lengths {
        let length = Arc::new(AtomicUsize::new(0));
        let seen = Arc::clone(&length);
        let transport = transport_fn(move |request| {
            seen.store(request.body().len(), Ordering::SeqCst);
            async { Ok(http::Response::new(ResponseBody::from("{}"))) }
        });
        let core = AuthleteCore::builder().bearer("b").service_id("1").transport(transport).build().unwrap();
        let tokens = (0..COUNT).map(|index| {
            TokenCreateRequest::new(GrantType::ClientCredentials).access_token("a".repeat(length_of(index)))
        });
        let request = AuthTokenCreateBatchApiRequest::new(tokens);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let counted = allocation_counter::measure(|| {
            let call = token_operations_auth_token_create_batch_api(&core, &request, None);
            runtime.block_on(call).unwrap();
        });
        let (peak, body) = (counted.bytes_max as f64, length.load(Ordering::SeqCst) as f64);
        assert!(peak <= factor * body + CONSTANT as f64, "{peak} bytes for a body of {body}");
        assert!(counted.count_total <= 100, "{} allocations for a body of {body}", counted.count_total);
    }
}
