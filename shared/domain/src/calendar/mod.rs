//! Working days, counted the way a policy counts them, and explained.

mod announcement;
mod between;
mod count;
mod explain;
mod holidays;
mod london;
mod published;

pub use announcement::Announcement;
pub use count::{Counting, Roll, Sent, count, deemed_received};
pub use explain::{Counted, Day};
pub use holidays::{Calendar, CalendarError, calendars};
pub use london::{
    local_date, local_instant, local_time, long_date, next_morning, parse_duration, parse_moment, start_of_day,
};
pub use published::{Change, Published};
