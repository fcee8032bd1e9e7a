"""pynigiri: nigiri's RAPTOR, from PyPI."""

import datetime

import pynigiri
from common import arguments, drive

# Days before and after the day of the queries that are loaded, as far as the feed has them.
DAYS = 180
# What it takes where nothing is asked.
MOST_TRANSFERS = 14


def main():
    args = arguments()
    timetable = None
    locations = {}

    def load():
        nonlocal timetable
        config = pynigiri.LoaderConfig()
        config.link_stop_distance = 0
        config.default_tz = args.zone
        source = pynigiri.TimetableSource("t", args.feed, config)
        first, last = (args.date + datetime.timedelta(days) for days in (-DAYS, DAYS))
        options = pynigiri.FinalizeOptions()
        options.adjust_footpaths = False
        timetable = pynigiri.load_timetable([source], first.isoformat(), last.isoformat(), options)

    def location(stop):
        if stop not in locations:
            locations[stop] = timetable.find_location(stop)
        return locations[stop]

    def ask(origin, destination, departure):
        query = pynigiri.Query()
        query.start_time = departure // 60
        query.start = [pynigiri.Offset(location(origin), 0, 0)]
        query.destination = [pynigiri.Offset(location(destination), 0, 0)]
        query.start_match_mode = pynigiri.LocationMatchMode.EXACT
        query.dest_match_mode = pynigiri.LocationMatchMode.EXACT
        query.use_start_footpaths = True
        query.max_transfers = MOST_TRANSFERS
        query.max_travel_time = args.horizon // 60

        def read(journeys):
            return [(journey.arrival_time() * 60, journey.transfers + 1) for journey in journeys]

        return (lambda: pynigiri.route(timetable, query)), read

    drive(args, load, ask)


main()
