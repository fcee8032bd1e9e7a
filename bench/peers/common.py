"""What the drivers of the Python peers share: `peer.py FEED QUERIES ANSWERS --date --day-start --zone --horizon --budget --walks`.

QUERIES has from_stop_id, to_stop_id, departure (Unix seconds, whole minutes). ANSWERS gets a row for each answer of each
query that was asked: query, nanoseconds (processor time), arrival (Unix seconds), trips; one row without arrival where
there is no journey. The last line of standard output is the seconds that loading took.
"""

import argparse
import csv
import datetime
import time

# Queries that are not measured.
WARM_UP = 20


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("feed")
    parser.add_argument("queries")
    parser.add_argument("answers")
    parser.add_argument("--date", type=datetime.date.fromisoformat, required=True)
    parser.add_argument("--day-start", type=int, required=True, help="Unix seconds of noon minus 12 h")
    parser.add_argument("--zone", required=True, help="for routers that find none in the feed")
    parser.add_argument("--horizon", type=int, required=True, help="seconds")
    parser.add_argument("--budget", type=float, required=True, help="seconds of wall time for the queries")
    parser.add_argument("--walks", required=True, help="from_stop_id, to_stop_id, seconds: the stop-level rules of transfers.txt")
    return parser.parse_args()


def drive(args, load, ask):
    """Loads with `load()`, asks `ask(from, to, departure)` for (prepare, run, read): only run is timed.

    `run()` gives an answer, of which `read(answer)` makes pairs (arrival, trips).
    """
    with open(args.queries, newline="") as file:
        queries = [(row["from_stop_id"], row["to_stop_id"], int(row["departure"])) for row in csv.DictReader(file)]
    begin = time.monotonic()
    load()
    loaded = time.monotonic() - begin
    for query in queries[:WARM_UP]:
        run, _ = ask(*query)
        run()
    begin = time.monotonic()
    with open(args.answers, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["query", "nanoseconds", "arrival", "trips"])
        for number, query in enumerate(queries):
            if time.monotonic() - begin > args.budget:
                break
            run, read = ask(*query)
            before = time.process_time_ns()
            answer = run()
            spent = time.process_time_ns() - before
            for arrival, trips in sorted(set(read(answer))) or [("", "")]:
                writer.writerow([number, spent, arrival, trips])
    print(loaded)
