model! {
    /// A key and its value.
    ///
    /// Its `Debug` shows the key alone: the value may be a header that carries a token.
    pub struct Pair {
        /// The key.
        key: String,
        /// The value.
        value: (hidden String),
    } keeps unknown
}
