//! When a call is repeated, for how long, and with which bearer. The clock is paused, so times are exact.

mod bearer;
mod classes;
mod delivery;
mod gate;
mod predicates;
mod statuses;
mod time;

use authlete::{AuthleteCore, AuthleteError, RequestOptions};

use crate::fake::{Fake, Reply, attempts, broken, ms, status};

const ONCE: usize = 1;
const REPEATED: usize = 4;

/// How often a call is sent under the strongest settings that do not open the gate. The observer is the transport: it
/// fails every attempt and counts them. The count is the same whatever the fault.
async fn sent(call: impl AsyncFn(&AuthleteCore, &RequestOptions) -> AuthleteError) -> usize {
    let faults: [fn() -> Fake; 6] = [
        || Fake::new(|_| broken()),
        || Fake::new(|_| status(500)),
        || Fake::new(|_| status(429)),
        || Fake::new(|_| status(404)),
        || {
            Fake::new(|number| -> Reply {
                if number % 2 == 0 { broken() } else { status(503) }
            })
        },
        Fake::hanging,
    ];
    let options = RequestOptions::new().retry_codes(400..600).attempt_timeout(ms(10));
    let mut counts = Vec::new();
    for fault in faults {
        let fake = fault();
        let core = fake.core().retries(attempts(4)).build().unwrap();
        let error = call(&core, &options).await;
        assert_eq!(error.attempts() as usize, fake.count());
        counts.push(fake.count());
    }
    assert!(counts.iter().all(|count| *count == counts[0]), "{counts:?}");
    counts[0]
}
