//! The client of MOTIS itself, where Node and its package are there.

use std::path::Path;
use std::process::Command;

use crate::asked::server;

#[test]
fn the_client_of_motis_is_answered_on_every_path() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/motis-client");
    if Command::new("node").arg("--version").output().is_err() || !folder.join("node_modules").exists() {
        eprintln!("SKIPPED: Node or its packages are not there; `npm ci` in {} brings them", folder.display());
        return;
    }
    let server = server(None);
    let address = server.address().expect("an address");
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let serving = std::thread::spawn(move || {
        server.run(async {
            // Whoever drops the other end stops the server, too.
            drop(stopped.await);
            Ok(())
        })
    });
    let driven = Command::new("node")
        .args(["--test", "drive.mjs"])
        .env("TUMEN_SERVER", format!("http://{address}"))
        .current_dir(&folder)
        .output()
        .expect("Node runs");
    drop(stop);
    serving.join().expect("it does not panic").expect("it ends");
    let text = String::from_utf8_lossy(&driven.stdout);
    assert!(driven.status.success(), "{text}");
    let passed = text.lines().find_map(|line| line.strip_prefix("# pass ")?.parse::<u32>().ok());
    assert!(passed.is_some_and(|passed| passed >= 13), "{text}");
}
