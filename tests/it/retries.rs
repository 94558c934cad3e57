//! When a call is repeated, for how long, and with which bearer. The clock is paused, so times are exact.

mod bearer;
mod gate;
mod time;
