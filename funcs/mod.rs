//! The operations, one function each.
//!
//! Every function has the same shape: the core, a request object, and optional settings for this one call, which return
//! an [`Envelope`](crate::Envelope) or an [`AuthleteError`](crate::AuthleteError). Importing one leaves the others out of
//! the binary.
//!
//! `Ok` means that Authlete answered. Where a response has an `action`, as most of them do, an action such as
//! `BAD_REQUEST` is an `Ok` too: it tells what to answer to the client.

mod introspection_process;
mod token_management_delete;
mod token_management_list;
mod token_operations_auth_token_create_batch_api;
mod token_operations_auth_token_create_batch_status_api;
mod token_operations_wait_for_batch;

pub use introspection_process::introspection_process;
pub use token_management_delete::token_management_delete;
pub use token_management_list::token_management_list;
pub use token_operations_auth_token_create_batch_api::token_operations_auth_token_create_batch_api;
pub use token_operations_auth_token_create_batch_status_api::token_operations_auth_token_create_batch_status_api;
pub use token_operations_wait_for_batch::token_operations_wait_for_batch;
