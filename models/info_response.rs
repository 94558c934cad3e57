use super::StringMap;

model! {
    /// What an Authlete server says about itself.
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
        /// How many lookups found an entry.
        hit_count: i64,
        /// How many lookups found none.
        miss_count: i64,
        /// How many entries were loaded.
        load_success_count: i64,
        /// How many entries failed to load.
        load_failure_count: i64,
        /// The time spent loading, in nanoseconds.
        total_load_time: i64,
        /// How many entries were evicted.
        eviction_count: i64,
        /// The sum of the evicted entries' weights.
        eviction_weight: i64,
    }
}
