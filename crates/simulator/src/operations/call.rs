//! A request to an operation, as far as operations need to know it.

use std::sync::Arc;

use http::StatusCode;
use serde::de::DeserializeOwned;

use super::answer::Refusal;
use super::engine::Engine;
use super::form;
use crate::protocol::codes;

/// A request whose bearer and service are right.
pub(crate) struct Call<'a> {
    pub(crate) engine: &'a Engine,
    pub(crate) service_id: Arc<str>,
    /// What the operation is called in result messages.
    pub(crate) label: &'static str,
    /// The percent-decoded parameters of the path.
    pub(crate) parameters: &'a [(String, String)],
    pub(crate) query: &'a str,
    pub(crate) content_type: Option<&'a str>,
    pub(crate) body: &'a [u8],
}

impl Call<'_> {
    /// A parameter of the path by its name in the path's template.
    pub(crate) fn parameter(&self, name: &str) -> &str {
        let found = self.parameters.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value)
    }

    /// The parameters of the query. One that is not understood, or stands twice, is a refusal.
    pub(crate) fn query<T: DeserializeOwned>(&self) -> Result<T, Refusal> {
        form::from_pairs(self.query).map_err(|_| bad_query())
    }

    /// A body that must be JSON. What is wrong with it is told by its position only, never by a value.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, Refusal> {
        if !self.is_of_type("application/json") {
            return Err(wrong_type("the content type is not application/json."));
        }
        serde_json::from_slice(self.body).map_err(|error| {
            let (line, column) = (error.line(), error.column());
            let text =
                format!("the body is not the JSON that is expected here (line {line}, column {column}).");
            Refusal::bad_request(codes::BAD_BODY, text)
        })
    }

    /// A body that may be a form instead.
    pub(crate) fn json_or_form<T: DeserializeOwned>(&self) -> Result<T, Refusal> {
        if self.is_of_type("application/x-www-form-urlencoded") {
            let form = std::str::from_utf8(self.body).ok().and_then(|text| form::from_pairs(text).ok());
            let text = "the body is not the form that is expected here.";
            return form.ok_or_else(|| Refusal::bad_request(codes::BAD_BODY, text));
        }
        if !self.is_of_type("application/json") {
            return Err(wrong_type("the content type is neither JSON nor that of a form."));
        }
        self.json()
    }

    /// The pairs of a body that is a form; `None` if it is none.
    pub(crate) fn form(&self) -> Result<Option<form_urlencoded::Parse<'_>>, Refusal> {
        if !self.is_of_type("application/x-www-form-urlencoded") {
            return Ok(None);
        }
        let text = std::str::from_utf8(self.body).ok().filter(|text| form::is_well_encoded(text));
        let text = text.ok_or_else(|| {
            Refusal::bad_request(codes::BAD_BODY, "the body is not the form that is expected here.")
        })?;
        Ok(Some(form_urlencoded::parse(text.as_bytes())))
    }

    fn is_of_type(&self, wanted: &str) -> bool {
        let essence = self.content_type.and_then(|text| text.split(';').next()).map(str::trim);
        essence.is_some_and(|essence| essence.eq_ignore_ascii_case(wanted))
    }
}

fn wrong_type(text: &'static str) -> Refusal {
    Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, codes::BAD_CONTENT_TYPE, text)
}

/// A query that is not understood.
pub(crate) fn bad_query() -> Refusal {
    Refusal::bad_request(codes::BAD_QUERY, "a query parameter is not understood.")
}
