//! A server under load takes over newer timetables and stops, and no request notices.

mod common;
mod http;

use common::tumen;
use http::{Client, Server};
use serde_json::{Value, json};
use std::fs;
use std::net::TcpStream;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

/// Writes the corridor, with days until a date, as `tumen import` does: by renaming.
fn import(target: &Path, until: &str) {
    let corridor = concat!(env!("CARGO_MANIFEST_DIR"), "/../../feeds/corridor");
    let said = tumen(&["import", corridor, "--until", until, "-o", target.to_str().expect("UTF-8")]);
    assert_eq!(said.code, 0, "{}", said.all());
}

/// Clients that ask until they are told to stop; every answer must be whole and right.
fn load(server: &Server, during: impl FnOnce()) -> usize {
    let (stop, asked) = (AtomicBool::new(false), AtomicUsize::new(0));
    thread::scope(|scope| {
        for number in 0..8 {
            let (stop, asked) = (&stop, &asked);
            scope.spawn(move || {
                let mut client = server.connect();
                while !stop.load(Ordering::Relaxed) {
                    // Half of them connect anew for every request.
                    if number % 2 == 0 {
                        client = server.connect();
                    }
                    check(&mut client);
                    asked.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        // Also when what is done meanwhile fails: else the clients would ask for ever.
        let _end = OnEnd(&stop);
        during();
    });
    asked.into_inner()
}

/// Tells clients to stop when it goes out of scope.
struct OnEnd<'s>(&'s AtomicBool);

impl Drop for OnEnd<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

fn check(client: &mut Client) {
    let body = json!({ "from": "Moscow", "to": "Pyongyang", "depart": "2026-12-01", "modes": ["rail"] });
    let answer = client.post("/api/tumen/v1/plan", &body);
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert!(!answer.json()["itineraries"].as_array().expect("a list").is_empty());
}

fn last_date(server: &Server) -> Value {
    server.connect().get("/api/tumen/v1/info").json()["lastDate"].clone()
}

#[test]
fn a_newer_timetable_is_served_and_a_bad_one_is_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("corridor.tumen");
    import(&path, "2027-01-31");
    let server = Server::start(&[path.to_str().expect("UTF-8"), "--reload-seconds", "1"]);
    assert_eq!(last_date(&server), "2027-01-31");

    let asked = load(&server, || {
        for (round, until) in ["2027-02-28", "2027-03-31", "2027-04-30"].into_iter().enumerate() {
            import(&path, until);
            server.wait_for("tumen_reloads_total{outcome=\"served\"}", |reloads| reloads > round as f64);
            assert_eq!(last_date(&server), until);
        }
    });
    assert!(asked > 20, "{asked}");

    // Half a file, then none; each is refused by itself.
    let whole = fs::read(&path).expect("a file");
    let half = folder.path().join("half");
    fs::write(&half, &whole[..whole.len() / 2]).expect("written");
    load(&server, || {
        fs::rename(&half, &path).expect("renamed");
        server.signal("HUP");
        server.wait_for("tumen_reloads_total{outcome=\"refused\"}", |reloads| reloads >= 1.0);
        assert_eq!(last_date(&server), "2027-04-30");
        fs::remove_file(&path).expect("removed");
        server.signal("HUP");
        server.wait_for("tumen_reloads_total{outcome=\"refused\"}", |reloads| reloads >= 2.0);
    });
    assert_eq!(last_date(&server), "2027-04-30");

    import(&path, "2027-05-31");
    server.wait_for("tumen_reloads_total{outcome=\"served\"}", |reloads| reloads >= 4.0);
    assert_eq!(last_date(&server), "2027-05-31");
}

#[test]
fn requests_that_were_begun_are_answered_when_the_server_stops() {
    let server = Server::start(&[]);
    let address = server.address;
    let (begun, answered) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let status = thread::scope(|scope| {
        for _ in 0..8 {
            let (begun, answered) = (&begun, &answered);
            scope.spawn(move || {
                // A connection that is open goes on as long as the server says so.
                while let Ok(stream) = TcpStream::connect(address) {
                    let mut client = Client { stream: std::io::BufReader::new(stream) };
                    for _ in 0..50 {
                        let body = json!({ "from": "Moscow", "to": "Pyongyang", "window": 8_640_000 }).to_string();
                        client.send(http::posting("/api/tumen/v1/plan", &body).as_bytes());
                        begun.fetch_add(1, Ordering::Relaxed);
                        // Closed before the request was taken up, or a whole answer: nothing between.
                        let Some(answer) = client.read() else { break };
                        assert_eq!(answer.status, 200);
                        assert!(!answer.json()["itineraries"].as_array().expect("a list").is_empty());
                        answered.fetch_add(1, Ordering::Relaxed);
                        if answer.header("connection") == Some("close") {
                            break;
                        }
                    }
                }
            });
        }
        thread::sleep(Duration::from_millis(700));
        server.signal("TERM");
        server.wait()
    });
    assert!(status.success(), "{status}");
    let (begun, answered) = (begun.into_inner(), answered.into_inner());
    assert!(answered > 8 && begun - answered <= 8, "{answered} of {begun}");
}

#[test]
fn settings_that_are_wrong_are_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("tumen.toml");
    fs::write(&path, "listen = '127.0.0.1:0'\n[limits]\nspeed = 3\n").expect("written");
    let said = tumen(&["serve", "--config", path.to_str().expect("UTF-8")]);
    assert_eq!(said.code, 2);
    assert!(said.all().contains("line 3") && said.all().contains("speed"), "{}", said.all());

    let said = tumen(&["serve", "--listen", "127.0.0.1:0", "--queue", "0"]);
    assert_eq!(said.code, 2, "{}", said.all());
    assert!(said.all().contains("queue = 0: expected 1 to"), "{}", said.all());

    let taken = Server::start(&[]);
    let said = tumen(&["serve", "--listen", &taken.address.to_string()]);
    assert_eq!(said.code, 2, "{}", said.all());
    assert!(said.all().contains("--listen"), "{}", said.all());
}
