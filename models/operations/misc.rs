use crate::models::StringMap;

model! {
    /// What [`misc_echo`](crate::funcs::misc_echo) sends.
    pub struct MiscEchoApiRequest {
        /// The query parameters, of any names.
        parameters: StringMap,
    }
}
