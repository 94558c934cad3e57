//! An authorization request that waits for its user, and what comes next for it.

#[macro_use]
mod consent;

mod backchannel;
mod device;
mod next_step;
mod sealed;
mod session;
mod waiting;

pub use self::backchannel::{BackchannelStep, PendingBackchannel};
pub use self::consent::Consent;
pub use self::device::{DeviceStep, PendingDevice};
pub use self::next_step::NextStep;
pub use self::session::UserSession;
pub use self::waiting::Pending;
