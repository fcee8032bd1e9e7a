//! What is known of a border post that a journey passes: hours, control, what was observed there.

use serde_json::{Value, json};
use tumen_base::format_duration;
use tumen_border::{Hours, Passage, Post, State};

use super::View;
use crate::borders::{Border, Side};

/// The lines below a crossing.
pub fn lines(view: &View<'_>, border: &Border<'_>) -> String {
    let Some(passage) = border.crossing.passage else { return String::new() };
    let post = view.world.borders().post(passage.post);
    let mut text = String::new();
    line!(text, "     {}", hours_words(view, post));
    for side in closed(view, border) {
        let closed = format!("It is closed then at {}, says the feed.", view.name(side.stop));
        line!(text, "     {}", view.style.warn(&closed));
    }
    for words in [control_words(post), observed_words(view, post, passage)].into_iter().flatten() {
        line!(text, "     {words}");
    }
    text
}

/// The sides of a crossing, among the stations of its post, at whose time it is closed.
fn closed<'b>(view: &View<'_>, border: &'b Border<'_>) -> impl Iterator<Item = &'b Side> {
    let columns = view.columns();
    let post = border.crossing.passage.map(|passage| passage.post);
    let borders = view.world.borders();
    [&border.before, &border.after].into_iter().filter(move |side| {
        post.is_some_and(|post| {
            borders.post(post).ends.contains(&Some(side.stop))
                && borders.state(&columns, post, side.time) == State::Closed
        })
    })
}

fn hours_words(view: &View<'_>, post: &Post) -> String {
    match &post.hours {
        Hours::Known(hours) => {
            let station = post.ends.iter().flatten().next().map(|stop| view.name(*stop));
            let clocks = station.map(|name| format!(", on the clocks of {name}")).unwrap_or_default();
            format!("Open {hours}{clocks}.")
        }
        Hours::Unreadable(_) => {
            format!("Opening hours not understood: the feed writes `{}`.", post.written_hours)
        }
        Hours::NotPublished => match post.hours_note.trim_start_matches("not published").trim_start_matches([';', ' '])
        {
            "" => "Opening hours not published.".to_owned(),
            note => format!("Opening hours not published; {note}."),
        },
    }
}

fn control_words(post: &Post) -> Option<String> {
    let words =
        |seconds: Option<i32>, what| seconds.map(|seconds| format!("{} {what}", format_duration(seconds.into())));
    let [before, after] = post.control;
    let parts: Vec<String> =
        [words(before, "before the departure"), words(after, "after the arrival")].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| format!("Control: {}.", parts.join(", ")))
}

fn observed_words(view: &View<'_>, post: &Post, passage: Passage) -> Option<String> {
    let order = if passage.forward { [0, 1] } else { [1, 0] };
    let stood = order.into_iter().filter_map(|end| {
        let (stop, minutes) = (post.ends[end]?, post.observed[end]?);
        Some(format!("{} at {}", format_duration(i64::from(minutes) * 60), view.name(stop)))
    });
    let stood: Vec<String> = stood.collect();
    let note = Some(post.observed_note.as_str()).filter(|note| !note.is_empty());
    let parts: Vec<&str> = stood.iter().map(String::as_str).chain(note).collect();
    (!parts.is_empty()).then(|| format!("Observed, not a planned time: {}.", parts.join("; ")))
}

/// The same as JSON; nothing where no post is passed.
pub fn json(view: &View<'_>, border: &Border<'_>) -> Value {
    let Some(passage) = border.crossing.passage else { return Value::Null };
    let borders = view.world.borders();
    let post = borders.post(passage.post);
    let state = |side: &Side| match borders.state(&view.columns(), passage.post, side.time) {
        State::Open => "open",
        State::Closed => "closed",
        State::Unknown => "unknown",
    };
    let known = match post.hours {
        Hours::Known(_) => "known",
        Hours::Unreadable(_) => "notUnderstood",
        Hours::NotPublished => "notPublished",
    };
    json!({
        "hours": known,
        "openingHours": post.written_hours,
        "hoursNote": post.hours_note,
        "text": hours_words(view, post),
        "atDeparture": state(&border.before),
        "atArrival": state(&border.after),
        "controlBeforeDeparture": post.control[0],
        "controlAfterArrival": post.control[1],
        "observed": observed_words(view, post, passage),
    })
}
