//! Which client a name stands for.

use crate::config::{Client, Switches};
use crate::state::StoredToken;

/// The number of the client that a number, an identifier (a number or an alias) or both name; `None` when
/// the service does not have it. A service that knows any client knows an alias without a number.
pub(crate) fn resolve(id: Option<i64>, identifier: Option<&str>, switches: &Switches) -> Option<Option<i64>> {
    let identifier = identifier.filter(|identifier| !identifier.is_empty());
    let Some(clients) = &switches.clients else {
        return Some(id.or_else(|| number(identifier)));
    };
    let known = clients.iter().find(|client| {
        id.is_none_or(|id| client.client_id == id)
            && identifier.is_none_or(|identifier| goes_by(client, identifier))
    });
    known.map(|client| Some(client.client_id))
}

/// Whether a token is of the client with this identifier or this number.
pub(crate) fn owns(token: &StoredToken, identifier: &str, id: Option<i64>) -> bool {
    token.client_identifier.as_deref() == Some(identifier) || (id.is_some() && token.client_id == id)
}

fn goes_by(client: &Client, identifier: &str) -> bool {
    client.client_id_alias.as_deref() == Some(identifier)
        || number(Some(identifier)) == Some(client.client_id)
}

fn number(identifier: Option<&str>) -> Option<i64> {
    identifier?.parse().ok()
}
