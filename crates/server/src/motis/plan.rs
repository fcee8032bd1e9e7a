//! `/api/v6/plan`: journeys, page by page.

use axum::response::Response;
use serde_json::{Map, Value, json};
use tumen_base::{SECONDS_PER_DAY, Time};
use tumen_journey::answer::Set;
use tumen_journey::clock::{self, DayEnd};
use tumen_journey::itinerary::Itinerary;
use tumen_journey::motis::{self, Form};
use tumen_journey::present::View;
use tumen_journey::search::{self, Ask, Question, Search};
use tumen_journey::when::When;
use tumen_routing::DEFAULT_HORIZON;

use super::cursor::{Cursor, Reach, Sent};
use super::pages::{Page, Pager, Size};
use super::parameters::Parameters;
use super::usage::{SpotKind, Usage};
use super::{shape, view};
use crate::app::Desk;
use crate::asker::Asker;
use crate::extract::Body;
use crate::problem::Problem;

/// The most journeys of one page.
const MOST_COUNT: u16 = 1000;
/// The longest search window: a year.
const LONGEST_WINDOW: i32 = 366 * SECONDS_PER_DAY;

/// What is asked.
struct PlanRequest {
    from: String,
    to: String,
    usage: Usage,
    /// How long walking all the way may take to be told.
    directly: Option<i32>,
    time: When,
    size: Size,
    cursor: Option<Sent>,
    form: Form,
    language: Option<String>,
    echo: Map<String, Value>,
    warnings: Vec<String>,
}

/// Journeys.
pub async fn plan(asker: Asker, given: Parameters) -> Result<Response, Problem> {
    let request = PlanRequest::read(given, asker.now())?;
    asker.answer(move |desk| request.answer(desk)).await
}

/// The same with a body, in which ways to and from stops may stand, which are worked out here.
pub async fn plan_post(asker: Asker, given: Parameters, Body(body): Body<Value>) -> Result<Response, Problem> {
    let Some(body) = body.as_object() else {
        return Err(Problem::field("body", "an object is expected, such as {}"));
    };
    for field in ["fromOffsets", "toOffsets"] {
        if body.get(field).is_some_and(|offsets| offsets.as_array().is_none_or(|offsets| !offsets.is_empty())) {
            let detail = format!("{field} is not honoured: ways to and from stops are worked out here");
            return Err(Problem::field(field, detail));
        }
    }
    plan(asker, given).await
}

impl PlanRequest {
    fn read(mut given: Parameters, now: When) -> Result<Self, Problem> {
        let echo = given.echo();
        let place = "a stop id, or latitude,longitude";
        let (from, to) = (given.required("fromPlace", place)?, given.required("toPlace", place)?);
        let time = given.moment("time")?.unwrap_or(now);
        let size = Size {
            arrive_by: given.flag("arriveBy", false)?,
            timetable: given.flag("timetableView", true)?,
            window: given.number("searchWindow", 0..=LONGEST_WINDOW)?,
            least: given.number("numItineraries", 0..=MOST_COUNT)?,
            most: given.number("maxItineraries", 1..=MOST_COUNT)?.unwrap_or(MOST_COUNT),
        };
        let cursor = given.text("pageCursor")?.map(|text| Sent::read(&text)).transpose()?;
        if cursor.is_some() && !size.timetable {
            let detail = "a question with timetableView=false has one page, whose cursors are empty";
            return Err(Problem::field("pageCursor", detail));
        }
        let mut warnings = Vec::new();
        let usage = Usage::read(&mut given, DEFAULT_HORIZON, &mut warnings)?;
        let longest = given.number("maxDirectTime", 0..=SECONDS_PER_DAY)?.unwrap_or(SECONDS_PER_DAY);
        let modes = given.list("directModes");
        if let Some(mode) = modes.iter().flatten().find(|mode| *mode != "WALK") {
            let detail =
                format!("directModes={mode} is not honoured: only WALK is, for there is no street network here");
            return Err(Problem::field("directModes", detail));
        }
        let directly = modes.is_none_or(|modes| !modes.is_empty()).then_some(longest);
        let form = shape::form(&mut given)?;
        shape::without_effect(&mut given)?;
        let language = given.language()?;
        warnings.extend(given.finish()?);
        Ok(Self { from, to, usage, directly, time, size, cursor, form, language, echo, warnings })
    }

    fn answer(mut self, desk: &mut Desk<'_, '_, '_>) -> Result<Value, Problem> {
        let view = view(desk.served, self.language.as_deref());
        let cursor = self.cursor.map(|sent| sent.resolve(&view.columns())).transpose()?;
        let reach = cursor.map_or(desk.served.usual_reach, |cursor| cursor.reach);
        if self.usage.is_bounded || reach == Reach::Far {
            let page = self.page(desk, &view, cursor, Reach::Far)?;
            return Ok(self.json(&view, &page));
        }
        let far = std::mem::replace(&mut self.usage.horizon, SECONDS_PER_DAY);
        let mut page = self.page(desk, &view, cursor, Reach::Day)?;
        let found = page.answered.sets.iter().flat_map(|set| &set.itineraries);
        if cursor.is_none() && !found.into_iter().any(|itinerary| itinerary.trips > 0) {
            self.usage.horizon = far;
            page = self.page(desk, &view, None, Reach::Far)?;
        }
        Ok(self.json(&view, &page))
    }

    fn page(
        &self,
        desk: &mut Desk<'_, '_, '_>,
        view: &View<'_>,
        cursor: Option<Cursor>,
        reach: Reach,
    ) -> Result<Page, Problem> {
        let columns = view.columns();
        let from = self.usage.spot(view, SpotKind::From, "fromPlace", &self.from)?;
        let to = self.usage.spot(view, SpotKind::To, "toPlace", &self.to)?;
        let search = self.usage.search(view, [from, to], desk.patience)?;
        let (stop, end) = if self.size.arrive_by {
            (search.to.first_stop(), DayEnd::Last)
        } else {
            (search.from.first_stop(), DayEnd::First)
        };
        let time = clock::resolve(&columns, self.time, self.time, stop, end)
            .map_err(|failure| Problem::from(failure).with("field", json!("time")))?;
        let question = Question {
            from: self.from.clone(),
            to: self.to.clone(),
            extent: self.usage.extent(desk.patience),
            usable: self.usage.usable.clone(),
        };
        let mut pager = Pager { view, router: desk.router, question: &question, search: &search, reach };
        let mut page = if self.usage.modes.is_none() {
            Page { answered: pager.nothing(time), looked_at: time..time, earlier: None, later: None }
        } else {
            pager.page(time, &self.size, cursor)?
        };
        for set in &mut page.answered.sets {
            set.itineraries.retain(|itinerary| itinerary.trips > 0);
        }
        if let Some(longest) = self.directly.filter(|_| cursor.is_none()) {
            let itineraries = self.walks(desk, view, &search, time, longest)?;
            page.answered.sets.push(Set { label: None, mode: None, doubtful: false, itineraries });
        }
        page.answered.complete(view);
        Ok(page)
    }

    /// Walking all the way, where it takes no longer than so many seconds.
    fn walks(
        &self,
        desk: &mut Desk<'_, '_, '_>,
        view: &View<'_>,
        search: &Search,
        time: Time,
        longest: i32,
    ) -> Result<Vec<Itinerary>, Problem> {
        let walking = Search { max_trips: 0, ..search.clone() };
        let ask = if self.size.arrive_by { Ask::Arrive(time) } else { Ask::Depart(time) };
        let found = search::ask(desk.router, &view.columns(), &walking, ask)?;
        let walks = found.journeys.iter().map(|journey| view.itinerary(journey, search));
        Ok(walks.filter(|walk| walk.duration() <= longest.into()).collect())
    }

    fn json(&self, view: &View<'_>, page: &Page) -> Value {
        let columns = view.columns();
        let mut value = motis::plan_in(view, &page.answered, &self.echo, self.form);
        for (key, cursor) in [("previousPageCursor", &page.earlier), ("nextPageCursor", &page.later)] {
            value[key] = json!(cursor.map(|cursor| cursor.written(&columns)).unwrap_or_default());
        }
        let stop = page.answered.from.first_stop();
        let moment = |time: Time| motis::rfc3339(&view.local(time, stop));
        value["tumen"]["searchWindow"] = json!({
            "from": moment(page.looked_at.start),
            "until": moment(page.looked_at.end),
            "seconds": i64::from(page.looked_at.end) - i64::from(page.looked_at.start),
            "nothingBefore": self.size.timetable && page.earlier.is_none(),
            "nothingBehind": self.size.timetable && page.later.is_none(),
        });
        value["tumen"]["warnings"] = json!(self.warnings);
        value
    }
}
