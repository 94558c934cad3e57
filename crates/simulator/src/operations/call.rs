//! A request to an operation, as far as operations need to know it.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use http::StatusCode;
use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeOwned, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

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

    /// A JSON body. What is wrong with it is told by its position only, never by a value.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, Refusal> {
        if !self.is_of_type("application/json") {
            return Err(Refusal::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                codes::BAD_CONTENT_TYPE,
                "the content type is not application/json.",
            ));
        }
        serde_json::from_slice(self.body).map_err(|error| {
            let (line, column) = (error.line(), error.column());
            let text =
                format!("the body is not the JSON that is expected here (line {line}, column {column}).");
            Refusal::bad_request(codes::BAD_BODY, text)
        })
    }

    fn is_of_type(&self, wanted: &str) -> bool {
        let essence = self.content_type.and_then(|text| text.split(';').next()).map(str::trim);
        essence.is_some_and(|essence| essence.eq_ignore_ascii_case(wanted))
    }
}

/// A query that is not understood.
pub(crate) fn bad_query() -> Refusal {
    Refusal::bad_request(codes::BAD_QUERY, "a query parameter is not understood.")
}

/// A JSON object. serde would take an array for a struct, member by member.
pub(crate) struct Object<T>(pub(crate) T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Members<T> {
            type Value = T;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<T, A::Error> {
                T::deserialize(MapAccessDeserializer::new(members))
            }
        }

        deserializer.deserialize_map(Members(PhantomData)).map(Self)
    }
}
