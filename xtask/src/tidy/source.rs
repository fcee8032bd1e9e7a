//! Rules for Rust source: nothing unfinished, every exception reasoned, `unsafe` in one file.

use super::mask::{code_only, is_word};
use super::{Fault, File, Tree};

/// Macros that mark unfinished work or a debugging session. Put together here so that who looks for them finds none.
const UNFINISHED: [&str; 3] = [concat!("to", "do"), concat!("unimple", "mented"), concat!("d", "bg")];

/// The only folder in which a file may hold `unsafe`: the crate that maps memory.
const UNSAFE_FOLDER: &str = "crates/timetable/src/";

pub fn check(tree: &Tree, faults: &mut Vec<Fault>) {
    let mut unsafe_files = Vec::new();
    for file in tree.files.iter().filter(|file| file.extension() == "rs") {
        let code = code_only(file.text());
        for name in UNFINISHED {
            for at in words(&code, name).filter(|at| code[at + name.len()..].starts_with('!')) {
                faults.push(file.fault(line_of(&code, at), format!("`{name}!` is unfinished work")));
            }
        }
        check_reasons(file, &code, faults);
        if let Some(at) = words(&code, "unsafe").next() {
            unsafe_files.push((file, line_of(&code, at)));
        }
    }
    let mut mapping_files = 0;
    for (file, line) in unsafe_files {
        mapping_files += usize::from(file.path.starts_with(UNSAFE_FOLDER));
        if !file.path.starts_with(UNSAFE_FOLDER) || mapping_files > 1 {
            faults.push(file.fault(line, format!("`unsafe` outside the one file of {UNSAFE_FOLDER} that maps memory")));
        }
    }
}

/// Every `#[allow(...)]` and `#[expect(...)]` says why.
fn check_reasons(file: &File, code: &str, faults: &mut Vec<Fault>) {
    for name in ["allow", "expect"] {
        for at in words(code, name).filter(|&at| code[..at].trim_end().ends_with('[')) {
            let attribute = &code[at..at + code[at..].find(']').unwrap_or(code.len() - at)];
            if words(attribute, "reason").next().is_none() {
                faults.push(file.fault(line_of(code, at), format!("#[{name}(...)] without a reason")));
            }
        }
    }
}

/// Where a word stands by itself.
fn words<'a>(code: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    code.match_indices(word).map(|(at, _)| at).filter(move |&at| {
        let before = code.as_bytes()[..at].last();
        let after = code.as_bytes().get(at + word.len());
        ![before, after].into_iter().flatten().any(|&byte| is_word(byte))
    })
}

fn line_of(code: &str, at: usize) -> usize {
    code[..at].matches('\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::tests::faults_of;

    #[test]
    fn words_in_comments_and_literals_are_no_faults() {
        let [later, _, debug] = UNFINISHED;
        let source = format!(
            "// {later}! unsafe\nconst A: &str = \"{debug}!(1) unsafe #[allow(x)]\";\nfn f() {{ g().expect(\"a\"); }}\n"
        );
        assert_eq!(faults_of(check, &[("crates/feed/src/a.rs", &source)]), Vec::<String>::new());
    }

    #[test]
    fn unfinished_work_is_a_fault() {
        let [later, never, debug] = UNFINISHED;
        let source =
            format!("fn f() {{\n    {later}!()\n}}\nfn g() {{ {debug}!(1); {never}!() }}\nfn {debug}() {{}}\n");
        let fault = |line: u32, name: &str| format!("a.rs:{line}: `{name}!` is unfinished work");
        let expected = [fault(2, later), fault(4, debug), fault(4, never)];
        assert_eq!(faults_of(check, &[("a.rs", &source)]), expected);
    }

    #[test]
    fn exceptions_need_reasons() {
        let source = "#[allow(dead_code)]\nfn f() {}\n#[expect(\n    dead_code,\n    reason = \"shown below\"\n)]\nfn g() {}\n\
                      #![expect(clippy::x)]\n";
        assert_eq!(
            faults_of(check, &[("a.rs", source)]),
            ["a.rs:1: #[allow(...)] without a reason", "a.rs:8: #[expect(...)] without a reason"]
        );
    }

    #[test]
    fn one_file_may_be_unsafe_and_no_other() {
        let source = "fn f() { unsafe { g() } }\n";
        assert_eq!(faults_of(check, &[("crates/timetable/src/mapping.rs", source)]), Vec::<String>::new());
        assert_eq!(
            faults_of(check, &[("crates/timetable/src/a.rs", source), ("crates/timetable/src/b.rs", source)]),
            ["crates/timetable/src/b.rs:1: `unsafe` outside the one file of crates/timetable/src/ that maps memory"]
        );
        assert_eq!(
            faults_of(check, &[("crates/feed/src/a.rs", source)]),
            ["crates/feed/src/a.rs:1: `unsafe` outside the one file of crates/timetable/src/ that maps memory"]
        );
    }
}
