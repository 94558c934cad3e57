#![allow(unreachable_pub, reason = "the macro makes every model public")]

use crate::models::FederationEntityType;

model! {
    /// The body of a request that names types of entities.
    pub struct EntityTypesBody {
        /// The types.
        entity_types: [FederationEntityType],
    }
}
