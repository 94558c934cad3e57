//! How to wait, as data.

use super::duration::WithUnit;
use super::keyed::keyed;
use crate::wait::WaitOptions;

keyed! { WaitOptions, "settings for waiting", |options, map| {
    "timeout" => options.timeout = map.next_value::<WithUnit>()?.0,
    "initial_interval" => options.pauses.initial_interval = map.next_value::<WithUnit>()?.0,
    "max_interval" => options.pauses.max_interval = map.next_value::<WithUnit>()?.0,
    "not_found_grace" => options.not_found_grace = map.next_value::<WithUnit>()?.0,
    "max_outage" => options.max_outage = map.next_value::<WithUnit>()?.0,
} }
