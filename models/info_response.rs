use super::StringMap;

model! {
    /// What an Authlete server says about itself. No operation of this crate returns it.
    pub struct InfoResponse {
        /// The server's version.
        version: String,
        /// The features it supports.
        features: [String],
        /// Its configuration.
        configuration: StringMap,
        /// Statistics of its cache of service tokens.
        service_token_cache: InfoResponseServiceTokenCache,
    }
}

model! {
    /// Statistics of a cache.
    pub struct InfoResponseServiceTokenCache {
        /// Entries found.
        hit_count: i64,
        /// Entries not found.
        miss_count: i64,
        /// Entries loaded.
        load_success_count: i64,
        /// Entries that failed to load.
        load_failure_count: i64,
        /// The time spent loading, in nanoseconds.
        total_load_time: i64,
        /// Entries evicted.
        eviction_count: i64,
        /// The weight of the evicted entries.
        eviction_weight: i64,
    }
}
