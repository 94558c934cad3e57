//! The fields that a record may have.

use super::exporter::Unit;

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FieldType {
    Text,
    Number,
    Flag,
    /// An array of strings; in CSV they stand in one cell, with spaces between them.
    List,
    /// Nested JSON; in CSV its text.
    Nested,
}

/// The fields, named as in the API.
pub(crate) const FIELDS: [(&str, FieldType); 25] = [
    ("grantType", FieldType::Text),
    ("clientId", FieldType::Number),
    ("clientIdentifier", FieldType::Text),
    ("subject", FieldType::Text),
    ("scopes", FieldType::List),
    ("accessToken", FieldType::Text),
    ("refreshToken", FieldType::Text),
    ("expiresAt", FieldType::Number),
    ("refreshTokenExpiresAt", FieldType::Number),
    ("accessTokenDuration", FieldType::Number),
    ("refreshTokenDuration", FieldType::Number),
    ("accessTokenPersistent", FieldType::Flag),
    ("properties", FieldType::Nested),
    ("clientIdAliasUsed", FieldType::Flag),
    ("clientEntityIdUsed", FieldType::Flag),
    ("metadataDocumentUsed", FieldType::Flag),
    ("certificateThumbprint", FieldType::Text),
    ("dpopKeyThumbprint", FieldType::Text),
    ("authorizationDetails", FieldType::Nested),
    ("resources", FieldType::List),
    ("forExternalAttachment", FieldType::Flag),
    ("jwtAtClaims", FieldType::Text),
    ("acr", FieldType::Text),
    ("authTime", FieldType::Number),
    ("sessionId", FieldType::Text),
];

/// The field of this name.
pub(crate) fn known(name: &[u8]) -> Option<(&'static str, FieldType)> {
    FIELDS.iter().find(|(field, _)| field.as_bytes() == name).copied()
}

/// What the number of a field counts.
pub(super) fn unit(field: &str) -> Unit {
    match field {
        "expiresAt" | "refreshTokenExpiresAt" => Unit::Milliseconds,
        "authTime" => Unit::Seconds,
        _ => Unit::Things,
    }
}

/// Whether a field of text holds JSON, and so may have line breaks.
pub(super) fn is_json_text(field: &str) -> bool {
    field == "jwtAtClaims"
}

/// A name of somebody else's, if it looks like one: what is in the wrong place may be a token.
pub(super) fn printable(name: &[u8]) -> Option<&str> {
    let name = std::str::from_utf8(name).ok()?;
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b' ');
    let digits = name.bytes().filter(u8::is_ascii_digit).count();
    ((1..=32).contains(&name.len()) && digits < 3 && name.bytes().all(fits)).then_some(name)
}
