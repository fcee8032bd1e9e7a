//! A change as it stands in a file: one number.

use tumen_base::TripId;

/// A change from a run, told by trips: the service day of the other run is relative to that of the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Packed {
    /// The trip changed to.
    pub(crate) trip: TripId,
    /// Its service day minus that of the run.
    pub(crate) shift: i32,
    /// The call at which the run is left.
    pub(crate) left: u32,
    /// The call at which the other one is boarded.
    pub(crate) boarded: u32,
}

/// Bits of a call's position.
const CALL_BITS: u32 = 12;
/// The smallest shift of service days that can be told.
const LEAST_SHIFT: i32 = -64;
/// Bits of a shift.
const SHIFT_BITS: u32 = 8;

/// The most calls that a pattern may have.
pub(crate) const MOST_CALLS: usize = 1 << CALL_BITS;

impl Packed {
    /// The number: trip, shift, call left, call boarded, from the highest bits to the lowest. `None` where one of them is too large.
    pub(crate) fn pack(self) -> Option<u64> {
        let shift = u64::try_from(self.shift - LEAST_SHIFT).ok().filter(|shift| shift >> SHIFT_BITS == 0)?;
        let call = |call: u32| (call < 1 << CALL_BITS).then_some(u64::from(call));
        let calls = call(self.left)? << CALL_BITS | call(self.boarded)?;
        Some(u64::from(self.trip.0) << 32 | shift << (2 * CALL_BITS) | calls)
    }

    /// The change of a number; any number is one.
    pub(crate) fn unpack(number: u64) -> Self {
        let call = |number: u64| (number & ((1 << CALL_BITS) - 1)) as u32;
        Self {
            trip: TripId((number >> 32) as u32),
            shift: (number >> (2 * CALL_BITS) & ((1 << SHIFT_BITS) - 1)) as i32 + LEAST_SHIFT,
            left: call(number >> CALL_BITS),
            boarded: call(number),
        }
    }
}
