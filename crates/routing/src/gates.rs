//! Ways on foot that are open at certain times only: through a border post, say.

use crate::mirror::Mirror;
use crate::query::Gate;
use tumen_base::Time;

/// The gates of a query, to be looked up.
#[derive(Default)]
pub(crate) struct Gates(Vec<Gate>);

impl Gates {
    /// Takes those of a query.
    pub(crate) fn set(&mut self, gates: &[Gate]) {
        self.0.clear();
        self.0.extend_from_slice(gates);
        self.0.sort_by_key(|gate| (gate.from, gate.to));
        for gate in &mut self.0 {
            gate.open.retain(|open| !open.is_empty());
            gate.open.sort_by_key(|open| open.start);
        }
    }

    /// The gate on the way from a stop to another.
    #[inline]
    pub(crate) fn between(&self, from: u32, to: u32) -> Option<&Gate> {
        if self.0.is_empty() {
            return None;
        }
        let at = self.0.binary_search_by_key(&(from, to), |gate| (gate.from.0, gate.to.0)).ok()?;
        Some(&self.0[at])
    }

    /// When a walk of so many seconds ends (in a mirrored search: begins) that begins (ends) at a time.
    pub(crate) fn walk<const BACK: bool>(&self, [here, there]: [u32; 2], time: Time, seconds: i32) -> Option<Time> {
        let (from, to) = if BACK { (there, here) } else { (here, there) };
        match self.between(from, to) {
            None => Some(time.saturating_add(seconds)),
            Some(gate) if BACK => {
                let end = Mirror::<BACK>::time(time);
                Some(Mirror::<BACK>::time(gate.last_until(end.saturating_sub(seconds))?))
            }
            Some(gate) => Some(gate.first_from(time)?.saturating_add(seconds)),
        }
    }
}

impl Gate {
    /// The first time, from a time on, at which one may set out.
    pub(crate) fn first_from(&self, time: Time) -> Option<Time> {
        let open = self.open.iter().find(|open| time < open.end)?;
        Some(time.max(open.start))
    }

    /// The last time, up to a time, at which one may set out.
    pub(crate) fn last_until(&self, time: Time) -> Option<Time> {
        let open = self.open.iter().rev().find(|open| open.start <= time)?;
        Some(time.min(open.end - 1))
    }
}
