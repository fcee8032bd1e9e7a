//! Truth tables on real feeds, hostile cases on drawn ones, and what may never be lost.

mod amtrak_and_via;
mod broken;
mod hostile;
mod night_trains;
mod nothing_is_lost;
mod shared;
