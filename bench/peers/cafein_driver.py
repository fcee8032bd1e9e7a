"""cafein, from PyPI: its search between two stops, without streets."""

import csv
import datetime

from cafein import TransportNetwork
from common import arguments, drive

MOST_RIDES = 32


def main():
    args = arguments()
    network = None

    def load():
        nonlocal network
        network = TransportNetwork.from_gtfs(args.feed, trip_distances=False, leg_geometries=False)
        known = {stop[0] for stop in network.stops}
        with open(args.walks, newline="") as file:
            walks = [(row["from_stop_id"], row["to_stop_id"], int(row["seconds"]), 0.0) for row in csv.DictReader(file)]
        network.set_transfers([walk for walk in walks if walk[0] in known and walk[1] in known])

    def ask(origin, destination, departure):
        seconds = departure - args.day_start
        midnight = datetime.datetime.combine(args.date, datetime.time())
        when = midnight + datetime.timedelta(seconds=seconds)

        def run():
            return network.route_between_stops(origin, destination, when, max_rides=MOST_RIDES, geometries=False)

        def read(journeys):
            found = [(journey["arrival_s"] + args.day_start, journey["rides"]) for journey in journeys]
            return [(arrival, rides) for arrival, rides in found if arrival <= departure + args.horizon]

        return run, read

    drive(args, load, ask)


main()
