use super::{Pair, TaggedValue};

model! {
    /// A scope, with what is said about it.
    pub struct Scope {
        /// Its name (RFC 6749 section 3.3).
        name: String,
        /// Whether a request that names no scope gets this one.
        default_entry: bool,
        /// What the scope allows, in the words of the consent page.
        description: String,
        /// Descriptions in several languages.
        descriptions: [TaggedValue],
        /// Extra attributes.
        attributes: [Pair],
    } keeps unknown
}
