//! What is read, written and read again is equal.

use crate::support::{NIGHT_TRAIN, read_files, shared_feeds, with};
use tumen_feed::{Feed, FeedSource, ReadOptions, feed_to_zip, read_feeds, write_feed};

/// Lines of rows differ once dirty rows are gone; nothing else may.
fn without_lines(mut feed: Feed) -> Feed {
    for table in feed.extension.values_mut().chain(feed.extra_columns.values_mut()) {
        for row in &mut table.rows {
            row.line = 0;
        }
    }
    feed
}

fn again(feed: &Feed) -> Feed {
    let zip = feed_to_zip(feed).expect("memory");
    read_feeds(&[FeedSource::from_zip(&feed.name, zip)], &ReadOptions::default()).expect("usable").0.remove(0)
}

#[test]
fn every_kind_of_row_comes_back() {
    let rich = with(
        NIGHT_TRAIN,
        &[
            (
                "stops.txt",
                "stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station,stop_timezone,platform_code,zone_id\n\
              S,\"Station, \"\"main\"\"\",1,2,1,,Asia/Tokyo,,\nA,Alpha,1.25,-2.5,,S,,1a,7\nB,\"two\nlines\",3,4,,,,,\nC,Gamma,,,,,,,9\n",
            ),
            (
                "trips.txt",
                "route_id,service_id,trip_id,trip_headsign,block_id,direction_id,shape_id,certainty_days,source_id,note\n\
              N,daily,t1,Beta,b1,1,s,assumed,S1,slow\nN,single,t2,,b1,0,,,,\nN,nothing,t3,,,,,,,lost\n",
            ),
            (
                "stop_times.txt",
                "trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type,shape_dist_traveled,certainty_times,source_id,stop_headsign\n\
              t2,08:00:00,08:00:00,A,1,1,,,,\nt2,,,B,2,,,,,\nt2,10:00:01,10:00:01,C,3,,,,,\n\
              t1,20:00:00,20:00:00,A,1,,0,,S2,\nt1,26:10:00,26:20:00,B,5,,5.5,estimated,,Gamma\n\
              t3,1:00:00,1:00:00,A,1,,,,,\nt3,1:00:00,1:00:00,B,2,,,,,\n",
            ),
            (
                "calendar_dates.txt",
                "service_id,date,exception_type,certainty_days\nsingle,20260105,1,derived\ndaily,20260105,2,\n",
            ),
            ("frequencies.txt", "trip_id,start_time,end_time,headway_secs\nt2,8:00:00,9:00:00,600\n"),
            (
                "transfers.txt",
                "from_stop_id,to_stop_id,from_trip_id,to_trip_id,transfer_type,min_transfer_time,source_id\nB,B,t1,t2,1,,S1\nA,B,,,2,300,\n",
            ),
            ("shapes.txt", "shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence\ns,3,4,20\ns,1,2,10\n"),
            (
                "feed_info.txt",
                "feed_publisher_name,feed_publisher_url,feed_lang,feed_end_date,default_lang\nRailway,u,en,20261231,en\n",
            ),
            ("translations.txt", "table_name,field_name,language,translation,record_id\nstops,stop_name,ko,알파,A\n"),
            ("attributions.txt", "organization_name\nRailway\n"),
            ("places.txt", "place_id,name,stop_id,colour\nP,Alphaville,A,red\n"),
        ],
    );
    let (feed, _) = read_files(rich).expect("usable");
    assert_eq!((feed.trips.len(), feed.shapes.len(), feed.kept.len(), feed.extension.len()), (3, 1, 1, 1));
    assert_eq!(feed.stops[1].zone, "Asia/Tokyo");
    assert_eq!(feed.extra_columns["trips.txt"].columns, ["note"]);
    assert_eq!(without_lines(again(&feed)), without_lines(feed));
}

#[test]
fn real_feeds_come_back() {
    let Some(folder) = shared_feeds() else { return };
    for name in ["us-amtrak-2024", "ca-viarail-2024", "mx-cdmx-2015", "ca-harbourair-2024"] {
        let source = FeedSource::parse(&folder.join(format!("{name}.zip")).display().to_string());
        let feed = read_feeds(&[source], &ReadOptions::default()).expect("usable").0.remove(0);
        assert!(!feed.trips.is_empty());
        assert!(without_lines(again(&feed)) == without_lines(feed), "{name}");
    }
}

#[test]
fn a_folder_and_a_zip_file_hold_the_same() {
    let (feed, _) = read_files(with(NIGHT_TRAIN, &[])).expect("usable");
    let folder = tempfile::tempdir().expect("a folder");
    let zip = folder.path().join("out.zip");
    let files = folder.path().join("out");
    write_feed(&feed, &zip).expect("writable");
    write_feed(&feed, &files).expect("writable");
    for path in [zip, files] {
        let source = FeedSource::parse(&path.display().to_string());
        assert_eq!(read_feeds(&[source], &ReadOptions::default()).expect("usable").0[0], feed);
    }
    let left: Vec<_> = std::fs::read_dir(folder.path()).expect("readable").collect();
    assert_eq!(left.len(), 2, "no half-written file stays");
}
