//! How far a fact can be trusted.

use std::fmt;

/// The certainty of a day or of a time; the order is from firm to unknown, so the worst of several is their maximum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Certainty {
    /// A source prints it (and every ordinary feed is taken at its word).
    #[default]
    Published = 0,
    /// It follows from published facts by arithmetic.
    Derived = 1,
    /// An estimate, for instance by interpolation.
    Estimated = 2,
    /// A run after the last evidence, or one that must exist but that no source describes.
    Assumed = 3,
    /// Nothing is known.
    Unknown = 4,
}

impl Certainty {
    /// All values, from firm to unknown.
    pub const ALL: [Self; 5] = [Self::Published, Self::Derived, Self::Estimated, Self::Assumed, Self::Unknown];

    /// The word used in feeds and in answers.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Derived => "derived",
            Self::Estimated => "estimated",
            Self::Assumed => "assumed",
            Self::Unknown => "unknown",
        }
    }

    /// Reads the word; blanks around it are ignored.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|value| value.word() == text.trim())
    }

    /// The value with this discriminant, as stored in columns.
    pub fn from_byte(byte: u8) -> Option<Self> {
        Self::ALL.get(usize::from(byte)).copied()
    }
}

impl fmt::Display for Certainty {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.word())
    }
}
