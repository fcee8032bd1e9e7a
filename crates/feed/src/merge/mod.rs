//! Several feeds as one: ids carry the name of their feed, borrowed stops are those of their own feed again, and all times are
//! told in one zone, as GTFS asks of a feed.

mod append;
mod ids;
mod zones;

use crate::model::{Feed, FeedInfo};
use append::Appending;

/// What several feeds in one could not hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unmerged {
    /// Files whose ids Tumen does not know, with their feed.
    pub files: Vec<(String, String)>,
}

/// Feeds as one. The zone of all times is that of the first; a single feed stays as it is.
///
/// Every id becomes `feed:id`. A trip of another zone is told in the first one's: where the difference between the clocks is not the
/// same on all its days, it is several trips, each on its days, behind the first with `~2`, `~3` and so on at the end of the id.
/// Where the difference varies, days before 1970 and after 2099 are left out.
pub fn merge_feeds(mut feeds: Vec<Feed>) -> (Feed, Unmerged) {
    if feeds.len() < 2 {
        return (feeds.pop().unwrap_or_default(), Unmerged::default());
    }
    let zone = feeds[0].zone.clone();
    let info = info(&feeds);
    for feed in &mut feeds {
        zones::tell_in(feed, &zone);
    }
    let mut appending = Appending::of(&feeds);
    for (index, feed) in feeds.into_iter().enumerate() {
        appending.add(index, feed);
    }
    let (mut merged, unmerged) = appending.finish();
    merged.zone = zone;
    merged.info = info;
    (merged, unmerged)
}

/// feed_info.txt of all: every publisher, every version, the span they have in common or not.
fn info(feeds: &[Feed]) -> Option<FeedInfo> {
    let infos: Vec<&FeedInfo> = feeds.iter().filter_map(|feed| feed.info.as_ref()).collect();
    let (first, all) = (infos.first()?, infos.len() == feeds.len());
    let listed = |text: fn(&FeedInfo) -> &String| {
        let mut texts: Vec<&str> = Vec::new();
        for info in &infos {
            if !text(info).is_empty() && !texts.contains(&text(info).as_str()) {
                texts.push(text(info));
            }
        }
        texts.join(", ")
    };
    let languages = infos.iter().map(|info| &info.language);
    let spoken = feeds.iter().flat_map(|feed| &feed.agencies).map(|agency| &agency.language);
    let mut languages = languages.chain(spoken.filter(|language| !language.is_empty()));
    let is_one = languages.all(|language| language.eq_ignore_ascii_case(&first.language));
    let days = |day: fn(&FeedInfo) -> Option<tumen_base::Date>| {
        let days: Vec<_> = infos.iter().filter_map(|info| day(info)).collect();
        (all && days.len() == infos.len()).then_some(days)
    };
    Some(FeedInfo {
        publisher: listed(|info| &info.publisher),
        url: first.url.clone(),
        // GTFS: several languages.
        language: if is_one { first.language.clone() } else { "mul".to_owned() },
        version: listed(|info| &info.version),
        first: days(|info| info.first).and_then(|days| days.into_iter().min()),
        last: days(|info| info.last).and_then(|days| days.into_iter().max()),
    })
}
