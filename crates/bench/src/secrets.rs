//! Whether decoding leaves secrets behind in memory that has been given back.

use authlete::AuthleteCore;
use authlete::funcs::client_list;
use authlete::models::operations::ClientGetListApiRequest;
use authlete::transport::{ResponseBody, transport_fn};

use crate::common::Result;
use crate::count::{CANARY, watch};

/// Answers with secrets, as they are, behind an escape, twice, and before an error.
fn bodies() -> [String; 4] {
    let canary = String::from_utf8_lossy(CANARY);
    let client = |secret: &str| format!(r#"{{"clientSecret":"{secret}"}}"#);
    let plain = client(&canary);
    let escaped = client(&format!(r"\u0041\n{canary}\u00e9{canary}"));
    [
        format!(r#"{{"clients":[{}]}}"#, vec![plain.as_str(); 100].join(",")),
        format!(r#"{{"clients":[{}]}}"#, vec![escaped.as_str(); 100].join(",")),
        format!(
            r#"{{"clients":[{{"clientSecret":"{canary}","clientSecret":"x","clientSecret":"{canary}"}}]}}"#
        ),
        format!(r#"{{"clients":[{plain},{escaped},{{"clientId":true}}]}}"#),
    ]
}

/// How many blocks with a secret in them are given back, of a few answers.
pub(crate) fn left() -> Result<usize> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
    let mut left = 0;
    for body in bodies() {
        // The body itself is the transport's, and stays.
        let body: &'static str = body.leak();
        let transport =
            transport_fn(move |_| async move { Ok(http::Response::new(ResponseBody::from(body))) });
        let core = AuthleteCore::builder().bearer("b").service_id("1").transport(transport).build()?;
        left += watch(|| drop(runtime.block_on(client_list(&core, &ClientGetListApiRequest::new(), None))));
    }
    // It must be able to find something.
    let seen = watch(|| drop(CANARY.to_vec()));
    if seen == 1 { Ok(left) } else { Err("the allocator does not see what is given back".into()) }
}
