//! SVG pictures as PNG, in builds with the feature `png`.

use tumen_journey::Failure;

/// Where letters come from when the picture's own fonts are not installed, the better ones first.
#[cfg(feature = "png")]
const FONTS: [&str; 6] = ["Noto Sans", "DejaVu Sans", "Liberation Sans", "Arial", "Helvetica", "Segoe UI"];

/// Draws an SVG picture of so many points an inch.
///
/// # Errors
/// When no fonts are installed, or there is no memory for so many points.
#[cfg(feature = "png")]
pub fn of_svg(svg: &str, dpi: u16) -> Result<Vec<u8>, Failure> {
    use resvg::{tiny_skia, usvg};

    let failed =
        |error: &dyn std::fmt::Display| Failure::usage("not_drawn", format!("the picture cannot be drawn: {error}"));
    let mut options = usvg::Options { dpi: f32::from(dpi), ..usvg::Options::default() };
    let fonts = options.fontdb_mut();
    fonts.load_system_fonts();
    if fonts.is_empty() {
        let message = "no fonts are installed, and a diagram without letters says nothing: install some (such as fonts-dejavu), \
                       or write .svg";
        return Err(Failure::usage("no_fonts", message));
    }
    let is_there = |family: &&str| fonts.faces().any(|face| face.families.iter().any(|(name, _)| name == family));
    let first = fonts.faces().next().and_then(|face| face.families.first()).map(|(name, _)| name.clone());
    let usual = FONTS.iter().find(|family| is_there(family)).map(|family| (*family).to_owned());
    if let Some(family) = usual.or(first) {
        fonts.set_sans_serif_family(family);
    }
    let tree = usvg::Tree::from_str(svg, &options).map_err(|error| failed(&error))?;
    let size = tree.size().to_int_size();
    let mut canvas =
        tiny_skia::Pixmap::new(size.width(), size.height()).ok_or_else(|| failed(&"it has too many points"))?;
    resvg::render(&tree, tiny_skia::Transform::identity(), &mut canvas.as_mut());
    canvas.encode_png().map_err(|error| failed(&error))
}

/// Says that this build cannot.
///
/// # Errors
/// Always.
#[cfg(not(feature = "png"))]
pub fn of_svg(_: &str, _: u16) -> Result<Vec<u8>, Failure> {
    Err(Failure::usage("no_png", "this program was built without PNG; write .svg"))
}
