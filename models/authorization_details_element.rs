model! {
    /// One element of authorization details, RFC 9396 section 2.
    pub struct AuthorizationDetailsElement {
        /// The kind of authorization (wire name `type`). It decides which other members may stand here. Required when sent;
        /// optional here because a response must decode without it.
        type_: String,
        /// Where the resource is, usually as URIs.
        locations: [String],
        /// What may be done there. The API behind the resource defines the words.
        actions: [String],
        /// The kinds of data asked for (wire name `dataTypes`, RFC 9396 `datatypes`).
        data_types: [String],
        /// One particular resource.
        identifier: (hidden String),
        /// Levels of privilege asked for.
        privileges: [String],
        /// All members beside those above, as the text of one JSON object.
        other_fields: (hidden String),
    }
}

impl AuthorizationDetailsElement {
    /// Makes an element of the given type.
    #[must_use]
    pub fn of_type(value: impl Into<String>) -> Self {
        Self::new().type_(value)
    }
}
