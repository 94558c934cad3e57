model! {
    /// A text in one language.
    pub struct TaggedValue {
        /// The language (RFC 5646).
        tag: String,
        /// The text.
        value: String,
    } keeps unknown
}
