//! Reasons for which an authorization request fails (RFC 6749, section 4.1.2.1; OpenID Connect Core 1.0, section 3.1.2.6).

use super::codes;
use super::problem::OAuthError;

/// The error that stands for a reason.
pub(crate) fn reason(name: &str) -> OAuthError {
    let (code, error, text) = match name {
        "NOT_LOGGED_IN" => (codes::FAIL_NOT_LOGGED_IN, "login_required", "The user is not logged in."),
        "MAX_AGE_NOT_SUPPORTED" => {
            (codes::FAIL_OTHER, "login_required", "The server does not know when the user logged in.")
        }
        "EXCEEDS_MAX_AGE" => (codes::FAIL_OTHER, "login_required", "The login is too long ago."),
        "DIFFERENT_SUBJECT" => (codes::FAIL_OTHER, "login_required", "Another user is logged in."),
        "NOT_AUTHENTICATED" => (codes::FAIL_OTHER, "login_required", "The user was not authenticated."),
        "ACR_NOT_SATISFIED" => (
            codes::FAIL_ACR,
            "unmet_authentication_requirements",
            "The authentication is not of a class that was asked for.",
        ),
        "DENIED" => (codes::FAIL_DENIED, "access_denied", "The user denied the request."),
        "ACCOUNT_SELECTION_REQUIRED" => {
            (codes::FAIL_OTHER, "account_selection_required", "The user must choose an account.")
        }
        "CONSENT_REQUIRED" => (codes::FAIL_OTHER, "consent_required", "The user must agree."),
        "INTERACTION_REQUIRED" => {
            (codes::FAIL_INTERACTION, "interaction_required", "The user must be asked.")
        }
        "INVALID_TARGET" => (codes::FAIL_OTHER, "invalid_target", "The resource is not good."),
        "INVALID_SCOPE" => (codes::FAIL_OTHER, "invalid_scope", "The scope is not good."),
        "TEMPORARILY_UNAVAILABLE" => {
            (codes::FAIL_OTHER, "temporarily_unavailable", "The server is not available now.")
        }
        "UNAUTHORIZED_CLIENT" => {
            (codes::FAIL_OTHER, "unauthorized_client", "The client may not ask in this way.")
        }
        "UNKNOWN" | "SERVER_ERROR" => (codes::FAIL_OTHER, "server_error", "The server failed."),
        _ => (codes::FAIL_UNKNOWN_REASON, "server_error", "The reason is not known."),
    };
    OAuthError::new(code, error, text)
}
