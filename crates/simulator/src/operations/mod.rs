//! The operations, an API group to a file: JSON in, JSON out.
//!
//! An operation is a row of the table below and a function in the file of its group.

mod answer;
mod authorization;
mod call;
mod content;
mod engine;
mod form;
mod grants;
mod id_tokens;
mod introspection;
mod service_keys;
mod standard_introspection;
mod token_changes;
mod token_endpoint;
mod token_management;
mod token_operations;
mod userinfo;

use http::Method;
use serde::de::Error;
use serde::{Deserialize, Deserializer};

pub(crate) use answer::{Answer, JSON, Refusal};
pub(crate) use call::Call;
pub use engine::Refused;
pub(crate) use engine::{Engine, create_request};
pub(crate) use form::{is_well_encoded, pairs};

/// Variant, operation ID, method, path and function of each operation.
macro_rules! operations {
    ($($(#[$doc:meta])* $name:ident: $id:literal, $method:ident $path:literal => $run:path;)*) => {
        /// An operation the simulator carries out.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Operation {
            $(#[doc = concat!("`", stringify!($method), " ", $path, "`")] $(#[$doc])* $name,)*
        }

        impl Operation {
            /// Every operation.
            pub(crate) const ALL: &[Self] = &[$(Self::$name),*];

            /// The operation ID of every one.
            const IDS: &[&str] = &[$($id),*];

            /// The operation ID of the API description.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$name => $id),* }
            }

            /// The method.
            pub(crate) const fn method(self) -> Method {
                match self { $(Self::$name => Method::$method),* }
            }

            /// The path, its parameters in braces.
            pub(crate) const fn path(self) -> &'static str {
                match self { $(Self::$name => $path),* }
            }

            fn run(self, call: &Call<'_>) -> Result<Answer, Refusal> {
                match self { $(Self::$name => $run(call)),* }
            }
        }
    };
}

operations! {
    CreateBatch: "auth_token_create_batch_api",
        POST "/api/{serviceId}/auth/token/create/batch" => token_operations::create_batch;
    BatchStatus: "auth_token_create_batch_status_api",
        GET "/api/{serviceId}/auth/token/create/batch/status/{tokenBatchRequestId}" => token_operations::batch_status;
    CreateToken: "auth_token_create_api",
        POST "/api/{serviceId}/auth/token/create" => token_management::create;
    ListTokens: "auth_token_get_list_api",
        GET "/api/{serviceId}/auth/token/get/list" => token_management::list;
    DeleteToken: "auth_token_delete_api",
        DELETE "/api/{serviceId}/auth/token/delete/{accessTokenIdentifier}" => token_management::delete;
    Introspect: "auth_introspection_api",
        POST "/api/{serviceId}/auth/introspection" => introspection::introspect;
    StandardIntrospect: "auth_introspection_standard_api",
        POST "/api/{serviceId}/auth/introspection/standard" => standard_introspection::introspect;
    UpdateToken: "auth_token_update_api",
        POST "/api/{serviceId}/auth/token/update" => token_changes::update;
    RevokeTokens: "auth_token_revoke_api",
        POST "/api/{serviceId}/auth/token/revoke" => token_changes::revoke;
    UserInfo: "auth_userinfo_api",
        POST "/api/{serviceId}/auth/userinfo" => userinfo::process;
    UserInfoIssue: "auth_userinfo_issue_api",
        POST "/api/{serviceId}/auth/userinfo/issue" => userinfo::issue;
    Authorize: "auth_authorization_api",
        POST "/api/{serviceId}/auth/authorization" => authorization::process;
    AuthorizeIssue: "auth_authorization_issue_api",
        POST "/api/{serviceId}/auth/authorization/issue" => authorization::issue;
    AuthorizeFail: "auth_authorization_fail_api",
        POST "/api/{serviceId}/auth/authorization/fail" => authorization::fail;
    Token: "auth_token_api",
        POST "/api/{serviceId}/auth/token" => token_endpoint::process;
    ServiceJwks: "service_jwks_get_api",
        GET "/api/{serviceId}/service/jwks/get" => service_keys::jwks;
}

/// The operation ID.
impl<'de> Deserialize<'de> for Operation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let id = String::deserialize(deserializer)?;
        let found = Self::ALL.iter().find(|operation| operation.id() == id);
        found.copied().ok_or_else(|| D::Error::unknown_variant(&id, Self::IDS))
    }
}

impl Operation {
    /// What the operation is called in result messages: the part of its path without parameters.
    pub(crate) fn label(self) -> &'static str {
        let path = self.path();
        let path = path.strip_prefix("/api/{serviceId}").unwrap_or(path);
        path.split("/{").next().unwrap_or(path)
    }

    /// Carries the operation out. A refusal is an answer like any other.
    pub(crate) fn answer(self, call: &Call<'_>) -> Answer {
        self.run(call).unwrap_or_else(|refusal| Answer::refused(&refusal, self.label()))
    }
}
