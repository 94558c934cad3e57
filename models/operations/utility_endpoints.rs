#![allow(dead_code, unused_imports, unused_variables, reason = "the macro writes a model without fields")]

model! {
    /// What [`utility_endpoints_info_api`](crate::funcs::utility_endpoints_info_api) sends.
    pub struct InfoApiRequest {}
}
