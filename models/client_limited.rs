use super::{ClientType, Pair, SubjectType, TaggedValue};

model! {
    /// The main attributes of a client. What a server sends beyond them, such as the whole client, is kept.
    pub struct ClientLimited {
        /// Its sequential number, which Authlete assigns.
        number: i64,
        /// Its name (RFC 7591 section 2, `client_name`).
        client_name: String,
        /// Its name in several languages.
        client_names: [TaggedValue],
        /// What the client is.
        description: String,
        /// Descriptions in several languages.
        descriptions: [TaggedValue],
        /// Its numeric ID, which Authlete assigns.
        client_id: i64,
        /// Its alias: what it may use as `client_id` (RFC 6749 section 2.2). The numeric ID unless set otherwise.
        client_id_alias: String,
        /// Whether the alias counts. Servers of today always say `true`.
        client_id_alias_enabled: bool,
        /// Whether it can keep a secret (RFC 6749 section 2.1).
        client_type: ClientType,
        /// How its subject identifiers are made (OpenID Connect Core 1.0 section 8). Not in the API description: servers that send the
        /// whole client tell it.
        subject_type: SubjectType,
        /// The host by which its pairwise subject identifiers are made (OpenID Connect Core 1.0 section 8.1). Not in the API
        /// description, as the next three.
        derived_sector_identifier: String,
        /// The URL of its home page (RFC 7591 section 2, `client_uri`).
        client_uri: String,
        /// The URLs of its home page in several languages.
        client_uris: [TaggedValue],
        /// Attributes that the service has given it.
        attributes: [Pair],
    } keeps unknown
}
