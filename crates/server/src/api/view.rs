//! How answers look: as JSON there is nothing to decorate.

use tumen_journey::style::Style;

/// Without colours.
pub const PLAIN: Style = Style { color: false, width: None };
