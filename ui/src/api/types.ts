/**
 * The answers of /api/tumen/v1, as the server gives them. Times are RFC 3339 with the offset of the stop, durations seconds,
 * dates ISO days. `null` is "there is none"; a field with `?` may be missing.
 */

export type Certainty = 'published' | 'derived' | 'estimated' | 'assumed' | 'unknown';
export type State = 'runs' | 'suspended' | 'unpublished' | 'noData';

/** A date as precisely as its source has it: `text` for people, the first and the last day it may mean. */
export interface Dated {
  text: string;
  first: string;
  last: string;
}

export interface Country {
  codes: string[];
  name: string;
}

export interface Stop {
  name: string;
  stopId: string;
  lat: number;
  lon: number;
  tz: string;
  arrival?: string;
  departure?: string;
  tumen?: { certainty: Certainty; kilometres?: number | null };
}

export interface Suspension {
  id: string;
  affects: string;
  since: Dated;
  until: Dated | null;
  reason: string;
  text: string;
  sources: string[];
}

export interface BorderRule {
  id: string;
  text: string;
  period: string;
  sources: string[];
}

export interface MayCross {
  verdict: 'allowed' | 'unknown' | 'missing' | 'forbidden';
  date: string;
  text: string;
  needs: { paper: string; text: string }[];
  rules: BorderRule[];
}

/** One passage over a border within a leg, by the clocks of both sides. */
export interface Border {
  fromCountry: Country;
  toCountry: Country;
  post: string | null;
  borderPostId: string | null;
  from: string;
  fromStopId: string;
  departure: string;
  departureCertainty: Certainty;
  departureInterpolated: boolean;
  to: string;
  toStopId: string;
  arrival: string;
  arrivalCertainty: Certainty;
  arrivalInterpolated: boolean;
  duration: number;
  clock: string;
  control: {
    text: string;
    atDeparture: string;
    atArrival: string;
    controlBeforeDeparture: number | null;
    controlAfterArrival: number | null;
    observed: string | null;
  } | null;
  sources: string[];
  text: string;
  mayCross: MayCross | null;
}

export interface GaugeChange {
  fromMm: number;
  toMm: number;
  places: { name: string; stopId: string }[];
  stated: boolean;
  duration: number | null;
  text: string;
}

/** A train that carries the traveller, or the carriage, from one stop to another. */
export interface Host {
  tripId: string;
  tripShortName: string;
  route: string;
  from: { name: string; stopId: string; departure: string };
  to: { name: string; stopId: string; arrival: string };
  certaintyOfDay: Certainty;
}

export interface Stand {
  name: string;
  stopId: string;
  duration: number;
}

export interface LegFacts {
  carriage?: { id: string; name: string; number: string } | null;
  hosts?: Host[];
  stands?: Stand[];
  borders?: Border[];
  gaugeChanges?: GaugeChange[];
  boardInTheNight?: string | null;
  certainty?: Certainty;
  kind?: string;
  text?: string;
}

export interface Leg {
  mode: string;
  from: Stop;
  to: Stop;
  duration: number;
  startTime: string;
  endTime: string;
  headsign?: string;
  routeShortName?: string;
  routeLongName?: string;
  agencyName?: string;
  agencyUrl?: string;
  tripId?: string;
  tripShortName?: string;
  displayName?: string;
  intermediateStops?: Stop[];
  legGeometry: { points: string; precision: number; length: number };
  distance?: number;
  tumen: LegFacts;
}

export interface Note {
  about: string;
  certainty: Certainty;
  text: string;
}

export interface Itinerary {
  duration: number;
  startTime: string;
  endTime: string;
  transfers: number;
  legs: Leg[];
  tumen: {
    restrictions?: string | null;
    trips: number;
    countries: Country[];
    certainty: { days: Certainty; times: Certainty };
    notes: Note[];
    notKnownWhetherAllowed?: boolean;
    modeSet?: string;
    suspended?: Suspension[];
  };
}

export interface Reason {
  kind: 'rule' | 'passportTable' | 'suspension' | 'avoided' | 'closed';
  id: string;
  text: string;
  period: string | null;
  sources: string[];
}

export interface Removed {
  departure: string;
  arrival: string;
  duration: number;
  transfers: number;
  by: string;
  reasons: Reason[];
}

export interface Sourced {
  text: string;
  sources: string[];
}

/** The titles, publishers and dates of sources, by their ids. */
export type Sources = Record<string, string>;

export interface KnownService {
  id: string;
  name: string;
  known: string;
  from?: string | null;
  to?: string | null;
  state?: State;
  sources: string[];
}

export interface Plan {
  from: Stop;
  to: Stop;
  direct: Itinerary[];
  itineraries: Itinerary[];
  tumen: {
    notes: string[];
    limits: { limit: string; text: string }[];
    hiddenCarriage: Itinerary | null;
    fares: Sourced[];
    tickets: Sourced[];
    distances: Sourced[];
    borderRules: (BorderRule & { post: string; appliesTo: string })[];
    knownServices: KnownService[];
    suspended: Suspension[];
    removed: Removed[];
    nextPossible: Itinerary | null;
    sources: Sources;
    notice: string;
  };
}

export interface Departure {
  date: string;
  departure: string;
  arrival: string;
  duration: number;
  trips: number;
  transfers: number;
  by: string;
  certainty: { days: Certainty; times: Certainty };
  notKnownWhetherAllowed: boolean;
}

/** A local departure date on which the journey can be made, or could but for a suspension. */
export interface CalendarDay {
  date: string;
  days: Certainty;
  doubtful: boolean;
  suspended: boolean;
}

export interface Next {
  from: string;
  to: string;
  pattern: string | null;
  windowDays: number;
  departures: Departure[];
  suspendedDepartures: Departure[];
  calendar: CalendarDay[];
  itineraries: Itinerary[];
  tumen: { notes: string[]; limits: { limit: string; text: string }[]; removed: Removed[]; notice: string };
}

export interface Place {
  id: string;
  name: string;
  names: Partial<Record<'en' | 'ru' | 'ko' | 'zh', string>>;
  kind: 'city' | 'station' | 'stop' | 'airport';
  country: string | null;
  lat: number | null;
  lon: number | null;
  stops: string[];
  codes: Record<string, string>;
}

export interface StopTime {
  place: Stop;
  mode: string;
  headsign: string;
  agencyName: string;
  tripId: string;
  routeShortName: string;
  tripShortName: string;
  tumen: {
    farEnd: string;
    carriages: string[];
    /** `elsewhere`: the stop at which the part of the way begins or ends that is suspended; null where all of it is. */
    suspended: { suspensions: Suspension[]; elsewhere: string | null } | null;
    certainty: { days: Certainty; times: Certainty };
  };
}

export interface Board {
  place: Stop;
  stopTimes: StopTime[];
}

export interface Covered {
  state: State;
  from: string;
  until: string | null;
}

export interface Service {
  names: string[];
  trips: number;
  days: string | null;
  runsOnDate: boolean;
  next: string | null;
  certainty: Certainty;
  assumed: boolean;
}

export interface StatusLine {
  id: string;
  name: string;
  state: State;
  services: Service[];
  suspensions: Suspension[];
  coverage: Covered[];
}

export interface StatusPost {
  id: string;
  name: string;
  ends: (string | null)[];
  state: State;
  routes: { id: string; name: string; state: State }[];
  suspensions: Suspension[];
  reported: { text: string; asOf: string; sources: string[] } | null;
}

export interface Status {
  date: string;
  routes: StatusLine[];
  carriages: StatusLine[];
  posts: StatusPost[];
  lines: StatusPost[];
  knownServices: KnownService[];
  sources: Sources;
  notice: string;
}

export interface History {
  of: string[];
  items: { date: Dated; kind: 'event' | 'suspension' | 'endOfSuspension'; about: string; text: string; sources: string[] }[];
  covered: { id: string; name: string; coverage: Covered[] }[];
  sources: Sources;
}

export interface Claims {
  claims: { id: string; article: string; claim: string; otherSourcesSay: string; tumenUses: string; sources: string[] }[];
}

export interface PairSide {
  departures: number;
  fastest: number;
}

export interface ComparePair {
  from: string;
  fromId: string;
  to: string;
  toId: string;
  relation: string;
  time: string;
  frequency: string;
  before: PairSide | null;
  after: PairSide | null;
}

export interface Compare {
  before: { from: string; until: string; days: number };
  after: { from: string; until: string; days: number };
  scenario: { name: string; edits: string[] } | null;
  within: number;
  origins: number;
  destinations: number;
  cautions: string[];
  pairs: Record<string, number>;
  medianChange: { seconds: number | null; departures: number | null };
  largest: Record<'faster' | 'slower' | 'moreOften' | 'lessOften', ComparePair[]>;
  named: Record<'newlyConnected' | 'disconnected' | 'noDataBefore' | 'noDataAfter', ComparePair[]>;
  daysNotPublished: Record<'before' | 'after', Sourced[]>;
  records: Sourced[];
}

export interface Info {
  firstDate: string;
  lastDate: string;
  today: string;
  feeds: { name: string; version: string; publisher: string }[];
  modes: string[];
  attributions: string[];
  version?: string;
}

/** A border post with its stations. Sources are told in full. */
export interface Crossing {
  id: string;
  name: string;
  ends: { stopId: string; name: string; lat: number | null; lon: number | null; country: string | null }[];
  countries: { code: string | null; name: string }[];
  mode: string | null;
  hours: string;
  hoursKnown: 'known' | 'notUnderstood' | 'notPublished';
  hoursNote: string;
  passengerDays: string | null;
  /** The station where the gauge changes, and the gauges as written. */
  gaugeChange: string | null;
  gauges: string | null;
  controlBeforeDeparture: number | null;
  controlAfterArrival: number | null;
  observed: string;
  status: string | null;
  asOf: string | null;
  /** How many rules of entry name this post. */
  rules: number;
  sources: string[];
}

/** A rule of entry as the facts have it. */
export interface Rule {
  id: string;
  appliesTo: string;
  text: string;
  note: string;
  validFromText: string;
  validToText: string;
  sources: string[];
}

export interface NetworkLink {
  /** Stop ids. */
  from: string;
  to: string;
  mode: string;
  state: 'running' | 'suspended' | 'none';
  services: string[];
  since?: string | null;
  until?: string | null;
  reason?: string;
  sources?: string[];
  /** What suspends it, each as precisely as its source has it. */
  suspensions?: Suspension[];
}

export interface Network {
  date: string;
  /** A link is running if it does within so many days before and after the date. */
  daysAround: number;
  stations: { stopId: string; name: string; lat: number; lon: number; country: string; border: boolean }[];
  links: NetworkLink[];
}

/** What can be asked for as a line. */
export interface Lines {
  lines: { id: string; name: string; sections: string[]; knownKilometres: number; lengthUnknown: number }[];
  carriages: { id: string; name: string }[];
}

export interface LineStation {
  stopId: string;
  name: string;
}

/** Lengths that are known, and sections of which none is. */
export interface Lengths {
  sections: string[];
  knownKilometres: number;
  lengthUnknown: string[];
}

/** The different values of a figure, and on how many of how many sections it is unknown. */
export interface LineFigure {
  values: string[];
  unknown: number;
  sections: number;
}

export interface LineRegion {
  name: string;
  countries: { code: string; name: string | null }[];
  within: Lengths;
  shared: Lengths;
  gauge: LineFigure;
  power: LineFigure;
  tracks: LineFigure;
  lineSpeed: LineFigure;
  averageSpeed: LineFigure;
  scheduledKmh: { least: number; most: number } | null;
}

/** A stretch between two calls; `quickest` is the quickest train's. */
export interface Stretch {
  from: LineStation;
  to: LineStation;
  sections: string[];
  kilometres: number | null;
  checkSum: string | null;
  quickest: { trip: string; seconds: number; kmh: number | null; certainty: Certainty };
  trips: number;
}

export interface LineSection {
  id: string;
  from: LineStation;
  to: LineStation;
  kilometres: number | null;
  gaugesMm: number[];
  power: string | null;
  tracks: { least: number; most: number | null } | null;
  tracksNote: string | null;
  speed: { leastKmh: number; mostKmh: number; kind: 'lineSpeed' | 'average' } | null;
  speedNote: string | null;
  gaugeNote: string | null;
  note: string | null;
  asOf: string | null;
  confidence: string | null;
  sources: string[];
  scheduled: Stretch | null;
}

export interface Line {
  id: string;
  name: string;
  kind: 'line' | 'carriage' | 'route' | 'places';
  from: string;
  total: Lengths;
  checkSums: {
    section: string;
    from: LineStation;
    to: LineStation;
    statedKilometres: number | null;
    of: Lengths;
    leftKilometres: number | null;
  }[];
  gaps: [LineStation, LineStation][];
  countries: { countries: { code: string; name: string | null }[]; lengths: Lengths }[];
  regions: LineRegion[];
  sections: LineSection[];
  slowest: Stretch[];
  unknown: Record<'length' | 'gauge' | 'power' | 'tracks' | 'lineSpeed', string[]>;
  sources: string[];
}

/** Who travels. Sent in request bodies only, never in an address. */
export interface Traveller {
  passports: string[];
  visas: string[];
  holds: string[];
  purpose?: string;
  avoidCountries: string[];
}

/** What a journey is asked for by; `date` may carry a time. */
export interface Query {
  from: string;
  to: string;
  modes?: string[];
  maxTransfers?: number;
  language?: string;
  traveller?: Traveller;
}
export type PlanQuery = Query & { depart?: string; arrive?: string; connections?: number; perMode?: boolean };
export type NextQuery = Query & { start?: string; days?: number; count?: number; any?: boolean };

/** What may be left out or compared: the words of `tumen compare`. */
export interface CompareQuery {
  first: string;
  second?: string;
  without?: string[];
  from?: string[];
  to?: string[];
  window?: number;
  within?: number;
  language?: string;
}

/** RFC 9457, with the stable `code` and whatever details belong to it. */
export interface Problem {
  title: string;
  status: number;
  detail: string;
  code: string;
  /** What an ambiguous name may mean: places by their name, other stops by their ids. */
  candidates?: { name: string; place: boolean; stopIds: string[]; lat: number; lon: number }[];
}
