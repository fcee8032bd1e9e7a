//! Pages that people read: one file each, without scripts, that asks for nothing from outside.

#[macro_use(part)]
extern crate tumen_base;

pub mod markup;

use markup::name;

/// The beginning of a page, up to where its content begins; `style` is added to what all pages share.
pub fn head(title: &str, style: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{}</title>\n\
         <style>\n{}{style}</style>\n</head>\n<body>\n<main>\n",
        name(title),
        include_str!("style.css"),
    )
}

/// The end of a page.
pub const END: &str = "</main>\n</body>\n</html>\n";
