//! Which operations are repeated. The ones that decide by the request are in `predicates`.

use super::{ONCE, REPEATED, sent};
use crate::catalogue::{Line, ROWS, Replay};

#[tokio::test(start_paused = true)]
async fn an_operation_is_repeated_whatever_the_fault_or_never() {
    for row in ROWS {
        let expected = match row.replay {
            Replay::Safe => REPEATED,
            Replay::Unsafe => ONCE,
            Replay::Rule => continue,
        };
        let request = Line::of(row).least().text();
        let count =
            sent(async |core, options| (row.call)(core, &request, Some(options)).await.unwrap_err()).await;
        assert_eq!(count, expected, "{}", row.function);
    }
}
