//! Lists the files of the built page, and compresses them, so that the program has them in it.

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

fn main() {
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("set by cargo")).join("../../ui/dist");
    let out = env::var("OUT_DIR").expect("set by cargo");
    let mut table = String::from("static ASSETS: &[Asset] = &[\n");
    println!("cargo::rerun-if-changed=build.rs");
    #[cfg(feature = "page")]
    {
        println!("cargo::rerun-if-changed={}", folder.display());
        assert!(folder.join("index.html").is_file(), "the feature `page` needs the built page: run `make ui`");
        let mut files = Vec::new();
        page::list(&folder, "", &mut files);
        files.sort();
        for (number, path) in files.iter().enumerate() {
            table.push_str(&page::entry(&folder, path, Path::new(&out), number));
        }
    }
    let _ = writeln!(table, "];");
    fs::write(Path::new(&out).join("assets.rs"), table).expect("the build folder can be written to");
    let _ = folder;
}

#[cfg(feature = "page")]
mod page {
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use std::fs;
    use std::io::Write;
    use std::path::Path;

    /// Every file below a folder, by its path with `/`.
    pub fn list(folder: &Path, prefix: &str, files: &mut Vec<String>) {
        for entry in fs::read_dir(folder).expect("the built page can be read") {
            let entry = entry.expect("the built page can be read");
            let name = entry.file_name().into_string().expect("names are UTF-8");
            let path = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
            if entry.path().is_dir() {
                list(&entry.path(), &path, files);
            } else {
                files.push(path);
            }
        }
    }

    /// The row of a file, as the program is to read it.
    pub fn entry(folder: &Path, path: &str, out: &Path, number: usize) -> String {
        let file = folder.join(path);
        let content = fs::read(&file).expect("the built page can be read");
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(&content).expect("memory takes it");
        let compressed = encoder.finish().expect("memory takes it");
        let gzip = if compressed.len() + compressed.len() / 16 < content.len() {
            let target = out.join(format!("{number}.gz"));
            fs::write(&target, compressed).expect("the build folder can be written to");
            format!("Some(include_bytes!({:?}))", target.display().to_string())
        } else {
            "None".to_owned()
        };
        let tag = format!("\"{:016x}\"", hash(&content));
        let plain = file.display().to_string();
        let kind = kind(path);
        format!(
            "    Asset {{ path: {path:?}, kind: {kind:?}, tag: {tag:?}, plain: include_bytes!({plain:?}), gzip: {gzip} }},\n"
        )
    }

    /// FNV-1a: it only has to differ when the content does.
    fn hash(content: &[u8]) -> u64 {
        content.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3))
    }

    fn kind(path: &str) -> &'static str {
        match path.rsplit('.').next().unwrap_or_default() {
            "html" => "text/html; charset=utf-8",
            "js" | "mjs" => "text/javascript; charset=utf-8",
            "css" => "text/css; charset=utf-8",
            "json" | "geojson" => "application/json",
            "webmanifest" => "application/manifest+json",
            "svg" => "image/svg+xml",
            "png" => "image/png",
            "ico" => "image/x-icon",
            "woff2" => "font/woff2",
            "txt" => "text/plain; charset=utf-8",
            _ => "application/octet-stream",
        }
    }
}
