model! {
    /// An extra key and value attached to a token.
    pub struct Property {
        /// The key.
        key: String,
        /// The value.
        value: (hidden String),
        /// Whether client applications are kept from seeing the property. Unset means visible.
        hidden: bool,
    }
}
