//! Every parameter of every path with everything that it is not.

use serde_json::Value;

use crate::asked::{Asked, escaped, server};

/// A path, a question that it answers, and further parameters that it reads.
type Asking = (&'static str, &'static [(&'static str, &'static str)], &'static [&'static str]);

/// Every path.
const PATHS: &[Asking] = &[
    (
        "/api/v6/plan",
        &[
            ("fromPlace", "RU_MOW_YAR"),
            ("toPlace", "RU_VLADIVOSTOK"),
            ("time", "2026-12-10T00:00:00Z"),
            ("numItineraries", "1"),
        ],
        &[
            "arriveBy",
            "timetableView",
            "searchWindow",
            "maxItineraries",
            "pageCursor",
            "maxTransfers",
            "minTransferTime",
            "additionalTransferTime",
            "maxTravelTime",
            "timeout",
            "transitModes",
            "directModes",
            "maxPreTransitTime",
            "maxPostTransitTime",
            "maxDirectTime",
            "radius",
            "detailedLegs",
            "joinInterlinedLegs",
            "detailedTransfers",
            "withScheduledSkippedStops",
            "realtimeMode",
            "algorithm",
            "maxMatchingDistance",
            "language",
            "via",
            "withFares",
            "cyclingSpeed",
            "passengers",
        ],
    ),
    (
        "/api/v1/geocode",
        &[("text", "Pyong")],
        &["numResults", "language", "type", "mode", "place", "placeBias", "min", "max"],
    ),
    ("/api/v1/reverse-geocode", &[("place", "39,125.7")], &["numResults", "type"]),
    (
        "/api/v6/stoptimes",
        &[("stopId", "RU_IRKUTSK"), ("n", "3")],
        &[
            "arriveBy",
            "both",
            "center",
            "radius",
            "exactRadius",
            "direction",
            "fetchStops",
            "mode",
            "window",
            "pageCursor",
            "time",
            "withAlerts",
            "withScheduledSkippedStops",
            "language",
            "realtimeMode",
        ],
    ),
    ("/api/v6/trip", &[("tripId", "20261211_00:35_corridor_R2")], &["detailedLegs", "joinInterlinedLegs", "language"]),
    ("/api/v6/stop", &[("stopId", "RU_IRKUTSK")], &["center", "radius", "exactRadius", "language"]),
    (
        "/api/v6/one-to-all",
        &[("one", "RU_IRKUTSK"), ("maxTravelTime", "600"), ("time", "2026-12-10")],
        &[
            "arriveBy",
            "maxTransfers",
            "transitModes",
            "minTransferTime",
            "additionalTransferTime",
            "maxPreTransitTime",
            "elevationCosts",
        ],
    ),
    (
        "/api/v1/one-to-many",
        &[
            ("one", "55.7;37.6"),
            ("many", "55.8;37.6"),
            ("mode", "WALK"),
            ("max", "9999"),
            ("maxMatchingDistance", "1"),
            ("arriveBy", "false"),
        ],
        &["withDistance", "elevationCosts"],
    ),
    (
        "/api/experimental/one-to-many-intermodal",
        &[("one", "RU_IRKUTSK"), ("many", "RU_VLADIVOSTOK"), ("time", "2026-12-10")],
        &["arriveBy", "maxTravelTime", "maxTransfers", "directMode", "maxDirectTime", "withDistance", "transitModes"],
    ),
    ("/api/v6/map/stops", &[("min", "50,100"), ("max", "60,110")], &["grouped", "modes", "language"]),
    (
        "/api/v6/map/trips",
        &[
            ("min", "50,100"),
            ("max", "60,110"),
            ("zoom", "5"),
            ("startTime", "2026-12-10T00:00Z"),
            ("endTime", "2026-12-10T01:00Z"),
        ],
        &["precision", "language"],
    ),
    ("/api/v1/map/initial", &[], &["unheardOf"]),
    (
        "/api/v6/refresh-itinerary",
        &[("itineraryId", "W~RU_IRKUTSK~RU_VLADIVOSTOK~1~2")],
        &["detailedLegs", "transitModes", "withFares"],
    ),
];

/// What no parameter expects, or some do.
const GARBAGE: &[&str] = &[
    "",
    " ",
    "-1",
    "0",
    "1",
    "1.5",
    "NaN",
    "inf",
    "1e999",
    "-9223372036854775809",
    "99999999999999999999",
    "2147483647",
    "4294967296",
    "true",
    "TRUE",
    "null",
    "💥",
    "\0",
    "a\r\nb: c",
    "%",
    "../../etc/passwd",
    "' OR 1=1 --",
    "<script>",
    "0,0",
    "90,180",
    "-90,-180",
    "90.0001,0",
    "0,0,0,0",
    ",",
    ";",
    "a,b",
    "nan,nan",
    "2026-02-30",
    "9999-12-31T23:59:59Z",
    "0001-01-01T00:00:00Z",
    "-9999-01-01",
    "2026-12-10T25:00",
    "now",
    "2026-12-10T00:00:00+99:00",
    "L-1-1",
    "E-0-0",
    "L-4294967295-65535",
    "E-4294967295-65535-4294967295-4294967295",
    "L-99999999999-0",
    "EARLIER|1",
    "R~t~a~b~1~2",
    "R~20261211_00:35_corridor_R2~RU_MOW_YAR~RU_VLADIVOSTOK~-9223372036854775808~9223372036854775807",
    "S~20261211_00:35_corridor_R2~RU_MOW_YAR~RU_VLADIVOSTOK~1~2",
    "W~@0,0~@1,1~1~2",
    "W~RU_IRKUTSK~RU_IRKUTSK~1~2!W~RU_IRKUTSK~RU_IRKUTSK~1~2",
    "20261211_00:35_corridor_R2",
    "20261211_99:99_corridor_R2",
    "99999999_00:00_corridor_R2",
    "____",
    "corridor:RU_IRKUTSK",
    "RAIL,WALK",
    "WALK",
    "RAIL",
    "STOP,ADDRESS",
    "zh-Hans",
    "RU_IRKUTSK",
    "평양",
];

fn address(path: &str, parameters: &[(&str, &str)]) -> String {
    let query: Vec<String> = parameters.iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect();
    format!("{path}?{}", query.join("&"))
}

/// Answered, or refused with a reason that names the parameter.
fn check(asked: &Asked, address: &str) -> u16 {
    let answer = asked.get(address);
    match answer.status {
        200 => assert!(!answer.is_problem, "{address}"),
        400 | 404 => {
            assert!(answer.is_problem, "{address}");
            for field in ["code", "detail", "field"] {
                // What is gone of a saved journey is told leg by leg.
                let told = answer.body[field].as_str().is_some_and(|text| !text.is_empty());
                let in_legs =
                    field == "field" && (answer.body["gone"].is_array() || answer.body["code"] == "no_stop_near");
                assert!(told || in_legs, "{address}: no {field} in {}", answer.body);
            }
        }
        other => panic!("{address} was answered {other}: {}", answer.body),
    }
    answer.status
}

#[test]
fn garbage_in_any_parameter_is_answered_with_what_is_expected() {
    let server = server(None);
    let asked = Asked::of(&server);
    let mut refused = 0;
    for (path, needed, further) in PATHS {
        check(&asked, &address(path, needed));
        let names = needed.iter().map(|(name, _)| *name).chain(further.iter().copied());
        for name in names {
            for garbage in GARBAGE {
                let others = needed.iter().filter(|(other, _)| *other != name).copied();
                let parameters: Vec<(&str, &str)> = others.chain([(name, *garbage)]).collect();
                refused += usize::from(check(&asked, &address(path, &parameters)) == 400);
            }
            let long = "9".repeat(3000);
            check(&asked, &address(path, &[(name, long.as_str())]));
        }
        for (name, _) in *needed {
            let others: Vec<(&str, &str)> = needed.iter().filter(|(other, _)| other != name).copied().collect();
            check(&asked, &address(path, &others));
            let twice: Vec<(&str, &str)> = needed.iter().chain(needed.iter()).copied().collect();
            check(&asked, &address(path, &twice));
        }
    }
    assert!(refused > 3000, "{refused}");
}

#[test]
fn bodies_are_objects_with_what_is_expected() {
    let server = server(None);
    let asked = Asked::of(&server);
    let leg = r#"{"tripId":"20261211_00:35_corridor_R2","fromId":"RU_MOW_YAR","toId":"RU_VLADIVOSTOK","schedStart":1,"schedEnd":2}"#;
    let many = format!(r#"{{"id":{{"legs":[{}]}}}}"#, vec![leg; 201].join(","));
    for (path, body) in [
        ("/api/v6/refresh-itinerary", "null"),
        ("/api/v6/refresh-itinerary", "[]"),
        ("/api/v6/refresh-itinerary", r#"{"id":{"legs":[]}}"#),
        ("/api/v6/refresh-itinerary", r#"{"id":{"legs":[{}]}}"#),
        (
            "/api/v6/refresh-itinerary",
            r#"{"id":{"legs":[{"tripId":"x","fromId":"a","toId":"b","schedStart":2,"schedEnd":1}]}}"#,
        ),
        ("/api/v6/refresh-itinerary", &many),
        ("/api/v1/one-to-many", "7"),
        ("/api/v1/one-to-many", r#"{"one":{},"many":[]}"#),
        ("/api/v1/one-to-many", r#"{"one":"1;1","many":[],"mode":"WALK","max":1}"#),
        ("/api/experimental/one-to-many-intermodal", r#"{"one":"RU_IRKUTSK","many":["nowhere at all"]}"#),
        ("/api/v6/plan", "{}"),
        (
            "/api/v6/plan?fromPlace=RU_IRKUTSK&toPlace=RU_CHITA",
            r#"{"fromOffsets":[{"stopId":"RU_IRKUTSK","duration":1}]}"#,
        ),
    ] {
        let answer = asked.post(path, body);
        assert_eq!((answer.status, answer.is_problem), (400, true), "{path} {body}: {}", answer.body);
        assert!(answer.body["field"].is_string(), "{path} {body}: {}", answer.body);
    }
    let answer = asked.post("/api/v6/refresh-itinerary", &format!(r#"{{"id":{{"legs":[{leg}]}}}}"#));
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.body["legs"][0]["tripId"], Value::from("20261211_00:35_corridor_R2"));
}
