//! The tokens that are sent and the answers that are right, for the types of `authlete` and for those written by hand.

use authlete::models;

use super::wire;
use crate::server::BATCH;

/// A decoded answer.
pub(crate) trait Answer {
    /// Whether it says what the server sent.
    fn is_right(&self) -> bool;
}

/// Both sets of types have the API's names.
macro_rules! answers {
    ($status:ty, $kind:path, $result:path, $created:ty) => {
        impl Answer for $status {
            fn is_right(&self) -> bool {
                let Some(status) = &self.status else { return false };
                self.result_code.as_deref() == Some("A447001")
                    && self.result_message.as_deref().is_some_and(|text| text.starts_with("[A447001]"))
                    && status.batch_kind == Some($kind)
                    && status.request_id.as_deref() == Some(BATCH)
                    && status.result == Some($result)
                    && status.error_code.is_none()
                    && status.token_count == Some(3)
                    && status.created_at == Some(1_729_857_031_000)
                    && status.modified_at == Some(1_729_857_032_000)
            }
        }

        impl Answer for $created {
            fn is_right(&self) -> bool {
                self.result_code.as_deref() == Some("A482001") && self.request_id.as_deref() == Some(BATCH)
            }
        }
    };
}

answers! {
    models::TokenCreateBatchStatusResponse,
    models::BatchKind::Create,
    models::TokenBatchStatusResult::Succeeded,
    models::TokenCreateBatchResponse
}
answers! {
    wire::StatusResponse,
    wire::BatchKind::Create,
    wire::BatchResult::Succeeded,
    wire::BatchResponse
}

/// What differs between tokens such as a migration brings, of 350 bytes or so of JSON.
struct Values {
    client_id: i64,
    subject: String,
    access_token: String,
    refresh_token: String,
}

const SCOPES: [&str; 3] = ["openid", "profile", "timeline.read"];
const ACCESS_TOKEN_DURATION: i64 = 3_600;
const REFRESH_TOKEN_DURATION: i64 = 2_592_000;
const ACR: &str = "urn:mace:incommon:iap:silver";
const AUTH_TIME: i64 = 1_729_857_031;

fn values(number: usize) -> Values {
    // Spreads the number over the text, so that no two tokens share more than a prefix.
    let mixed = |salt: u64| (number as u64 ^ salt).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    Values {
        client_id: 26_478_243_745_571 + (number % 7) as i64,
        subject: format!("user-{number:08}"),
        access_token: format!("{:016x}{:016x}-{number:09}", mixed(1), mixed(2)),
        refresh_token: format!("{:016x}{:016x}-{number:09}", mixed(3), mixed(4)),
    }
}

/// A token as `authlete` has it.
pub(super) fn ours(number: usize) -> models::TokenCreateRequest {
    let values = values(number);
    models::TokenCreateRequest::new(models::GrantType::AuthorizationCode)
        .client_id(values.client_id)
        .subject(values.subject)
        .scopes(SCOPES)
        .access_token_duration(ACCESS_TOKEN_DURATION)
        .refresh_token_duration(REFRESH_TOKEN_DURATION)
        .access_token(values.access_token)
        .refresh_token(values.refresh_token)
        .acr(ACR)
        .auth_time(AUTH_TIME)
}

/// The same token as everyone else has it.
pub(super) fn theirs(number: usize) -> wire::Token {
    let values = values(number);
    wire::Token {
        grant_type: Some(wire::GrantType::AuthorizationCode),
        client_id: Some(values.client_id),
        subject: Some(values.subject),
        scopes: Some(SCOPES.map(String::from).into()),
        access_token_duration: Some(ACCESS_TOKEN_DURATION),
        refresh_token_duration: Some(REFRESH_TOKEN_DURATION),
        access_token: Some(values.access_token),
        refresh_token: Some(values.refresh_token),
        acr: Some(ACR.into()),
        auth_time: Some(AUTH_TIME),
        ..wire::Token::default()
    }
}
