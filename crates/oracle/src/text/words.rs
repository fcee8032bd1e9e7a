//! A line of a text timetable as words that know their columns.

use super::TextError;

/// A word of a line: an id, a keyword, a number, a sign of punctuation or a quoted text.
#[derive(Clone, Copy)]
struct Word<'a> {
    text: &'a str,
    column: usize,
    quoted: bool,
}

/// The words of one line and how many of them were read.
pub(super) struct Line<'a> {
    number: usize,
    width: usize,
    words: Vec<Word<'a>>,
    read: usize,
}

impl<'a> Line<'a> {
    /// Splits a line. `|`, `(` and `)` are words of their own, and so are `:` and `,` at the end of a word; `#` begins
    /// a comment where a word could begin.
    pub(super) fn split(number: usize, text: &'a str) -> Result<Self, TextError> {
        let mut words = Vec::new();
        let mut at = 0;
        while let Some(first) = text[at..].chars().next() {
            let column = at + 1;
            let word = |text, quoted| Word { text, column, quoted };
            match first {
                '#' => break,
                _ if first.is_whitespace() => at += first.len_utf8(),
                '|' | '(' | ')' => {
                    words.push(word(&text[at..=at], false));
                    at += 1;
                }
                '"' => {
                    let Some(length) = text[at + 1..].find('"') else {
                        return Err(TextError { line: number, column, message: "this quote is never closed".into() });
                    };
                    words.push(word(&text[at + 1..=at + length], true));
                    at += length + 2;
                }
                _ => {
                    let rest = &text[at..];
                    let ends = |sign: char| sign.is_whitespace() || matches!(sign, '|' | '(' | ')' | '"');
                    let length = rest.find(ends).unwrap_or(rest.len());
                    let bare = rest[..length].strip_suffix([':', ',']).filter(|bare| !bare.is_empty());
                    if let Some(bare) = bare {
                        words.push(word(bare, false));
                        let sign = at + bare.len();
                        words.push(Word { text: &text[sign..=sign], column: sign + 1, quoted: false });
                    } else {
                        words.push(word(&rest[..length], false));
                    }
                    at += length;
                }
            }
        }
        Ok(Self { number, width: text.len(), words, read: 0 })
    }

    /// Whether nothing is left to read.
    pub(super) fn is_done(&self) -> bool {
        self.read == self.words.len()
    }

    /// Refuses words that no statement took.
    pub(super) fn finish(&self) -> Result<(), TextError> {
        match self.words.get(self.read) {
            Some(word) => Err(self.error_at(word.column, format!("`{}` does not belong here", word.text))),
            None => Ok(()),
        }
    }

    /// Takes the next word, whatever it is.
    pub(super) fn word(&mut self, expected: &str) -> Result<&'a str, TextError> {
        let Some(word) = self.words.get(self.read) else {
            return Err(self.error_at(self.width + 1, format!("the line ends where {expected} was expected")));
        };
        self.read += 1;
        Ok(word.text)
    }

    /// Takes the next word if it is this one.
    pub(super) fn take(&mut self, keyword: &str) -> bool {
        let found = self.words.get(self.read).is_some_and(|word| !word.quoted && word.text == keyword);
        self.read += usize::from(found);
        found
    }

    /// Takes the next word if it is a quoted text.
    pub(super) fn take_quoted(&mut self) -> Option<&'a str> {
        let word = self.words.get(self.read).filter(|word| word.quoted)?;
        self.read += 1;
        Some(word.text)
    }

    /// Takes a word that must come next.
    pub(super) fn expect(&mut self, keyword: &str) -> Result<(), TextError> {
        let word = self.word(&format!("`{keyword}`"))?;
        if word == keyword { Ok(()) } else { Err(self.error(format!("expected `{keyword}`, found `{word}`"))) }
    }

    /// Takes a word that must mean something.
    pub(super) fn value<T>(&mut self, expected: &str, read: impl FnOnce(&'a str) -> Option<T>) -> Result<T, TextError> {
        let word = self.word(expected)?;
        read(word).ok_or_else(|| self.error(format!("expected {expected}, found `{word}`")))
    }

    /// Takes the next word if it means something.
    pub(super) fn take_value<T>(&mut self, read: impl FnOnce(&'a str) -> Option<T>) -> Option<T> {
        let word = self.words.get(self.read).filter(|word| !word.quoted)?;
        let value = read(word.text)?;
        self.read += 1;
        Some(value)
    }

    /// An error at the word that was read last.
    pub(super) fn error(&self, message: String) -> TextError {
        let column = self.read.checked_sub(1).map_or(1, |last| self.words[last].column);
        self.error_at(column, message)
    }

    fn error_at(&self, column: usize, message: String) -> TextError {
        TextError { line: self.number, column, message }
    }
}
