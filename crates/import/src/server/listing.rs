//! Pages through the list of tokens.

use std::collections::HashMap;

use authlete::AuthleteCore;
use authlete::funcs::token_management_list;
use authlete::models::operations::AuthTokenGetListApiRequest;
use authlete::models::{GrantType, TokenCreateRequest};

use crate::stop::Stop;

/// Whose tokens to list.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Holder {
    client: Option<String>,
    subject: Option<String>,
}

impl Holder {
    pub(super) fn of(token: &TokenCreateRequest) -> Self {
        let subject = token.subject.clone().filter(|_| token.grant_type != GrantType::ClientCredentials);
        let client = token.client_id.map(|id| id.to_string()).or_else(|| token.client_identifier.clone());
        Self { client, subject }
    }
}

/// What a list says of a token.
#[derive(Clone, Copy)]
pub(super) enum Listing {
    At(Option<i64>),
    /// There are other tokens only.
    Absent,
    /// There are no tokens at all.
    Empty,
    /// The list kept changing, or is too long.
    Unsteady,
}

/// Pages through a holder's tokens. They are no snapshot: if their number changes, it begins anew.
pub(super) async fn listed(
    core: AuthleteCore,
    holder: Holder,
    hashes: Vec<(usize, String)>,
) -> Result<Vec<(usize, Listing)>, Stop> {
    const PAGE: i64 = 100;
    const PAGES: i64 = 1000;
    'anew: for _ in 0..3 {
        let mut created: HashMap<String, Option<i64>> = HashMap::new();
        let mut total = None;
        for page in 0..PAGES {
            let mut request = AuthTokenGetListApiRequest::new().start(page * PAGE).end((page + 1) * PAGE);
            request.client_identifier.clone_from(&holder.client);
            request.subject.clone_from(&holder.subject);
            let answer = token_management_list(&core, &request, None).await?.into_value();
            let (Some(count), Some(tokens)) = (answer.total_count, answer.access_tokens) else {
                break 'anew;
            };
            if total.is_some_and(|total| total != count) {
                continue 'anew;
            }
            total = Some(count);
            let of_page = tokens.into_iter();
            created.extend(of_page.filter_map(|token| Some((token.access_token_hash?, token.created_at))));
            let all_found = hashes.iter().all(|(_, hash)| created.contains_key(hash));
            if all_found || (page + 1) * PAGE >= count {
                let missing = if count == 0 { Listing::Empty } else { Listing::Absent };
                return Ok(hashes
                    .into_iter()
                    .map(|(place, hash)| (place, created.get(&hash).map_or(missing, |at| Listing::At(*at))))
                    .collect());
            }
        }
    }
    Ok(hashes.into_iter().map(|(place, _)| (place, Listing::Unsteady)).collect())
}
