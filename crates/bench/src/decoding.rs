//! What decoding a large model costs in any order of its members, beside serde's derive.

mod derived;

use std::hint::black_box;

use authlete::AuthleteCore;
use authlete::funcs::service_get;
use authlete::models::operations::ServiceGetApiRequest;
use authlete::transport::{ResponseBody, transport_fn};
use bytes::Bytes;

use crate::callgrind::difference;
use crate::common::Result;

const ORDERS: [&str; 3] = ["declared", "shuffled", "sorted"];

/// A text with all members in this order; `empty` is one without.
fn text(order: &str) -> Result<String> {
    let mut members = derived::members()?;
    match order {
        "empty" => members.clear(),
        "shuffled" => {
            let mut state = 0x2545_f491_4f6c_dd1d_u64;
            for index in (1..members.len()).rev() {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                members.swap(index, (state >> 20) as usize % (index + 1));
            }
        }
        "sorted" => members.sort_unstable(),
        _ => {}
    }
    Ok(format!("{{{}}}", members.join(",")))
}

/// Decodes so many times.
pub(crate) fn run(how: &str, order: &str, rounds: usize) -> Result<()> {
    let text = text(order)?;
    if how == "derive" {
        for _ in 0..rounds {
            black_box(serde_json::from_slice::<derived::Service>(black_box(text.as_bytes()))?);
        }
        return Ok(());
    }
    let body = Bytes::from(text);
    let transport = transport_fn(move |_| {
        let body = body.clone();
        async { Ok(http::Response::new(ResponseBody::from(body))) }
    });
    let core = AuthleteCore::builder().bearer("b").service_id("1").transport(transport).build()?;
    tokio::runtime::Builder::new_current_thread().enable_time().build()?.block_on(async {
        for _ in 0..rounds {
            black_box(service_get(&core, &ServiceGetApiRequest::new(), None).await?);
        }
        Ok(())
    })
}

/// Instructions of decoding alone, in ratio to the derive's: for each order its name and the figure.
pub(crate) fn orders() -> Result<Vec<(String, f64)>> {
    let cost = |how, order| difference(&["decode", how, order], 100);
    let (ours, derive) = (cost("authlete", "empty")?, cost("derive", "empty")?);
    let ratio =
        |order| -> Result<f64> { Ok((cost("authlete", order)? - ours) / (cost("derive", order)? - derive)) };
    ORDERS
        .into_iter()
        .map(|order| Ok((format!("Service {order}, instructions / derive"), ratio(order)?)))
        .collect()
}
