//! A server that clients treat badly goes on answering the others.

mod http;

use http::{Client, Server, posting};
use serde_json::json;
use std::io::Read;
use std::net::Shutdown;
use std::time::{Duration, Instant};

/// A folder with a configuration, and the option that names it.
fn configured(text: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("tumen.toml");
    std::fs::write(&path, text).expect("written");
    let option = format!("--config={}", path.display());
    (folder, option)
}

fn is_well(server: &Server) {
    let answer = server
        .connect()
        .post("/api/tumen/v1/plan", &json!({ "from": "Moscow", "to": "Pyongyang", "depart": "2026-12-01" }));
    assert_eq!(answer.status, 200);
    assert!(!answer.json()["itineraries"].as_array().expect("a list").is_empty());
}

#[test]
fn what_cannot_be_read_is_answered_with_a_reason() {
    let server = Server::start(&[]);
    let long = "x".repeat(9000);
    let deep = "[".repeat(20_000);
    let cases = [
        (posting("/api/tumen/v1/plan", "{"), 400, Some("bad_body")),
        (posting("/api/tumen/v1/plan", &deep), 400, Some("bad_body")),
        (posting("/api/tumen/v1/plan", "{\"from\":\"Moscow\",\"to\":\"Pyongyang\"} {}"), 400, Some("bad_body")),
        (posting("/api/tumen/v1/plan", "{\"from\":\"Moscow\",\"to\":\"Pyongyang\",\"pace\":1}"), 400, Some("bad_body")),
        (posting("/api/tumen/v1/plan", &"x".repeat(70_000)), 413, Some("body_too_large")),
        (
            posting("/api/tumen/v1/next", "{\"from\":\"Moscow\",\"to\":\"Pyongyang\",\"days\":401}"),
            400,
            Some("bad_field"),
        ),
        ("GET /api/tumen/v1/plan HTTP/1.1\r\nhost: a\r\n\r\n".to_owned(), 405, Some("method_not_allowed")),
        (
            "POST /api/tumen/v1/plan HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\n\r\n{}".to_owned(),
            415,
            Some("not_json"),
        ),
        (format!("GET /api/tumen/v1/places?q={long} HTTP/1.1\r\nhost: a\r\n\r\n"), 414, Some("uri_too_long")),
        (format!("GET / HTTP/1.1\r\nhost: a\r\nx: {}\r\n\r\n", "x".repeat(100_000)), 431, None),
        ("GET /api/tumen/v1/board?stop=%ff%fe HTTP/1.1\r\nhost: a\r\n\r\n".to_owned(), 404, Some("unknown_name")),
        (
            "GET /api/tumen/v1/board?stop=Khasan&stop=Khasan HTTP/1.1\r\nhost: a\r\n\r\n".to_owned(),
            400,
            Some("bad_parameter"),
        ),
        ("GET /api/tumen/v1/../../etc/passwd HTTP/1.1\r\nhost: a\r\n\r\n".to_owned(), 404, Some("no_such_path")),
        ("GET /%00 HTTP/1.1\r\nhost: a\r\n\r\n".to_owned(), 404, Some("no_such_path")),
        ("GET //etc/passwd HTTP/1.1\r\nhost: a\r\n\r\n".to_owned(), 404, Some("no_such_path")),
        ("BREW /health HTTP/1.1\r\nhost: a\r\n\r\n".to_owned(), 405, Some("method_not_allowed")),
        ("GET /health\r\n\r\n".to_owned(), 400, None),
        ("\u{1}\u{2}\u{3}\r\n\r\n".to_owned(), 400, None),
    ];
    for (request, status, code) in cases {
        let mut client = server.connect();
        client.send(request.as_bytes());
        let shown: String = request.chars().take(120).collect();
        let answer = client.read().unwrap_or_else(|| panic!("no answer to {shown}"));
        assert_eq!(answer.status, status, "{shown}: {}", answer.text());
        if let Some(code) = code {
            assert_eq!(answer.code(), code, "{shown}");
        }
    }
    is_well(&server);
}

#[test]
fn a_body_without_a_length_is_bounded_too() {
    let server = Server::start(&["--body-bytes", "2000"]);
    let mut client = server.connect();
    client.send(b"POST /api/tumen/v1/plan HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n");
    for _ in 0..40 {
        client.send(format!("64\r\n{}\r\n", "x".repeat(100)).as_bytes());
    }
    assert_eq!(client.read().expect("an answer").code(), "body_too_large");
    is_well(&server);
}

#[test]
fn slow_clients_are_given_up() {
    let (_folder, config) = configured("[limits]\nhead_seconds = 1\nrequest_seconds = 2\nwrite_seconds = 1\n");
    let server = Server::start(&[&config]);
    let start = Instant::now();

    // A head that never ends, byte by byte.
    let mut dripping = server.connect();
    dripping.send(b"GET /health HTTP/1.1\r\nx: ");
    for _ in 0..8 {
        std::thread::sleep(Duration::from_millis(250));
        dripping.send(b"x");
    }
    let mut rest = Vec::new();
    let _ = dripping.stream.read_to_end(&mut rest);
    assert!(!rest.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&rest));

    // A body that never comes.
    let mut silent = server.connect();
    silent.send(
        b"POST /api/tumen/v1/plan HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{",
    );
    let answer = silent.read().expect("an answer");
    assert_eq!((answer.status, answer.code().as_str()), (408, "slow_body"));

    // A client that asks and asks, and takes no answer.
    let mut deaf = server.connect();
    let request = "GET /api/tumen/v1/board?stop=Khasan&count=1000 HTTP/1.1\r\nhost: a\r\n\r\n".repeat(400);
    deaf.stream.get_mut().set_write_timeout(Some(Duration::from_secs(5))).expect("set");
    deaf.send(request.as_bytes());
    server.wait_for("tumen_connections", |open| open <= 1.0);
    assert!(start.elapsed() < Duration::from_mins(1), "{:?}", start.elapsed());
    is_well(&server);
}

#[test]
fn ten_thousand_idle_connections_hinder_nobody() {
    let server = Server::start(&[]);
    let before = server.metric("process_resident_memory_bytes");
    let mut idle: Vec<Client> = Vec::new();
    for _ in 0..10_000 {
        idle.push(server.connect());
    }
    server.wait_for("tumen_connections", |open| open >= 10_000.0);
    is_well(&server);
    let grown = server.metric("process_resident_memory_bytes") - before;
    assert!(grown < 200e6, "{grown} bytes for 10,000 connections");
    // Any of them may ask after all.
    for client in idle.iter_mut().step_by(997) {
        assert_eq!(client.get("/health").status, 200);
    }
    for client in &mut idle {
        let _ = client.stream.get_mut().shutdown(Shutdown::Both);
    }
    server.wait_for("tumen_connections", |open| open <= 1.0);
}

#[test]
fn more_than_there_is_room_for_is_turned_away_at_once() {
    let server = Server::start(&["--threads", "1", "--queue", "2", "--request-seconds", "60"]);
    let compare = posting("/api/tumen/v1/compare", "{\"first\":\"2026-12-01\",\"without\":[\"post:khasan\"]}");
    let mut clients: Vec<Client> = (0..12).map(|_| server.connect()).collect();
    for client in &mut clients {
        client.send(compare.as_bytes());
    }
    let answers: Vec<_> = clients.iter_mut().map(|client| client.read().expect("an answer")).collect();
    let busy = answers.iter().filter(|answer| answer.status == 503).collect::<Vec<_>>();
    assert!(!busy.is_empty());
    assert!(busy.iter().all(|answer| answer.code() == "busy" && answer.header("retry-after").is_some()));
    let answered = answers.iter().filter(|answer| answer.status == 200).count();
    assert!(answered >= 2 && answered + busy.len() == 12, "{answered} and {}", busy.len());
    is_well(&server);
}

#[test]
fn what_takes_too_long_is_given_up() {
    let server = Server::start(&["--threads", "1", "--request-seconds", "1", "--search-seconds", "1"]);
    let compare =
        posting("/api/tumen/v1/compare", "{\"first\":\"2026-12-01\",\"without\":[\"post:khasan\"],\"window\":366}");
    let mut clients: Vec<Client> = (0..40).map(|_| server.connect()).collect();
    let start = Instant::now();
    for client in &mut clients {
        client.send(compare.as_bytes());
    }
    let late = clients.iter_mut().map(|client| client.read().expect("an answer")).filter(|answer| answer.status == 504);
    assert!(late.filter(|answer| answer.code() == "time_limit").count() > 0);
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    // Nobody waits for what is left in the queue.
    server.wait_for("tumen_requests_queued", |queued| queued == 0.0);
    is_well(&server);
}

#[test]
fn whoever_asks_too_often_waits() {
    let server = Server::start(&["--rate", "1", "--burst", "3"]);
    let mut client = server.connect();
    let statuses = [(); 5].map(|()| client.get("/api/tumen/v1/info").status);
    assert_eq!(statuses[..3], [200; 3]);
    assert!(statuses[3..].contains(&429), "{statuses:?}");
    // Nobody but a trusted proxy says who asks.
    client.send(b"GET /api/tumen/v1/info HTTP/1.1\r\nhost: a\r\nx-forwarded-for: 192.0.2.1\r\n\r\n");
    let answer = client.read().expect("an answer");
    assert_eq!(answer.code(), "rate_limit");
    assert!(answer.header("retry-after").is_some());
    assert_eq!(client.get("/health").status, 200);

    let proxied = Server::start(&["--rate", "1", "--burst", "1", "--trusted-proxy", "127.0.0.1"]);
    let mut client = proxied.connect();
    for last in 1..5 {
        let request = format!("GET /api/tumen/v1/info HTTP/1.1\r\nhost: a\r\nx-forwarded-for: 192.0.2.{last}\r\n\r\n");
        client.send(request.as_bytes());
        assert_eq!(client.read().expect("an answer").status, 200);
    }
}

#[test]
fn papers_are_neither_repeated_nor_logged() {
    let log = tempfile::NamedTempFile::new().expect("a file");
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_tumen"))
        .args(["serve", "--listen", "127.0.0.1:0", "--log", "json", "--log-level", "debug"])
        .stdout(std::process::Stdio::piped())
        .stderr(log.reopen().expect("opened"))
        .spawn()
        .expect("the program starts");
    let mut line = String::new();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(child.stdout.take().expect("piped")), &mut line)
        .expect("a line");
    let address = line.trim().strip_prefix("Tumen serves http://").expect("an address").parse().expect("an address");
    let mut client = Client::to(address);
    for traveller in [
        json!({ "passports": ["QQSECRET"] }),
        json!({ "passports": ["RU"], "visas": ["KP:QQSECRET"], "purpose": "QQSECRET" }),
    ] {
        let body = json!({ "from": "Moscow", "to": "Pyongyang", "traveller": traveller });
        let answer = client.post("/api/tumen/v1/plan", &body);
        assert!(!answer.text().contains("QQSECRET"), "{}", answer.text());
    }
    let answer = client.get("/api/tumen/v1/board?stop=QQSTATION");
    assert_eq!(answer.status, 404);
    child.kill().expect("ended");
    child.wait().expect("ended");
    let log = std::fs::read_to_string(log.path()).expect("a log");
    assert!(log.lines().count() >= 3, "{log}");
    assert!(!log.contains("QQ"), "{log}");
    for line in log.lines() {
        let event: serde_json::Value = serde_json::from_str(line).expect("one object a line");
        assert!(event["level"].is_string() && event["timestamp"].is_string(), "{line}");
    }
}
