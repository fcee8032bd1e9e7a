import type { Counts } from './counts';
import type {
  Board,
  Claims,
  Compare,
  CompareQuery,
  Crossing,
  History,
  Info,
  Itinerary,
  KnownService,
  Line,
  Lines,
  Network,
  Next,
  NextQuery,
  Place,
  Plan,
  PlanQuery,
  Problem,
  Rule,
  Status,
} from './types';

const base = '/api/tumen/v1/';

/** An answer that says no: the server's problem document, or one of ours where no server answered. */
export class ApiError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail || problem.title);
    this.name = 'ApiError';
    this.problem = problem;
  }
}

type Params = Record<string, string | number | boolean | undefined>;

async function respond(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(base + path, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError({ title: 'No answer', status: 0, detail: '', code: 'offline' });
  }
  if (response.ok) return response;
  const problem = (await response.json().catch(() => ({}))) as Partial<Problem>;
  throw new ApiError({ title: response.statusText, detail: '', code: 'no_answer', ...problem, status: response.status });
}

async function answer<T>(path: string, init: RequestInit): Promise<T> {
  return (await (await respond(path, init)).json()) as T;
}

function asked(path: string, params: Params): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(params)) {
    if (value !== undefined && value !== '') query.set(key, String(value));
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

function get<T>(path: string, params: Params, signal?: AbortSignal): Promise<T> {
  return answer<T>(asked(path, params), signal ? { signal } : {});
}

function post<T>(path: string, body: object, signal?: AbortSignal): Promise<T> {
  const init: RequestInit = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  return answer<T>(path, signal ? { ...init, signal } : init);
}

/** What a diagram is asked for by. */
export type DiagramQuery = { line: string; from?: string; days?: string; paper?: string; language: string };

/** Where a diagram is, for a link to it. */
export const diagramAddress = (query: DiagramQuery): string => base + asked('diagram', query);

/** One function for each question the server answers; every one of them can be given up by its signal. */
export const api = {
  places: (params: { q: string; language: string; limit: number }, signal?: AbortSignal) =>
    get<{ places: Place[] }>('places', params, signal),
  plan: (query: PlanQuery, signal?: AbortSignal) => post<Plan>('plan', query, signal),
  next: (query: NextQuery, signal?: AbortSignal) => post<Next>('next', query, signal),
  board: (params: { stop: string; at?: string; arrivals?: boolean; count?: number; language: string }, signal?: AbortSignal) =>
    get<Board>('board', params, signal),
  trip: (params: { tripId: string; date?: string; language: string }, signal?: AbortSignal) => get<Itinerary>('trip', params, signal),
  status: (params: { date?: string; language: string }, signal?: AbortSignal) => get<Status>('status', params, signal),
  counts: (params: { subject: string; from: string; to: string; language: string }, signal?: AbortSignal) =>
    get<Counts>('counts', params, signal),
  history: (params: { subject: string; language: string }, signal?: AbortSignal) => get<History>('history', params, signal),
  claims: (signal?: AbortSignal) => get<Claims>('claims', {}, signal),
  lines: (params: { language: string }, signal?: AbortSignal) => get<Lines>('lines', params, signal),
  line: (params: { line: string; date?: string; language: string }, signal?: AbortSignal) => get<Line>('line', params, signal),
  diagram: async (query: DiagramQuery, signal?: AbortSignal) => (await respond(asked('diagram', query), signal ? { signal } : {})).text(),
  crossings: (params: { language: string }, signal?: AbortSignal) => get<{ crossings: Crossing[] }>('crossings', params, signal),
  rules: (params: { post: string; language: string }, signal?: AbortSignal) => get<{ rules: Rule[] }>('rules', params, signal),
  known: (params: { language: string }, signal?: AbortSignal) => get<{ knownServices: KnownService[] }>('known', params, signal),
  info: (signal?: AbortSignal) => get<Info>('info', {}, signal),
  network: (params: { date: string; language: string }, signal?: AbortSignal) => get<Network>('network', params, signal),
  compare: (query: CompareQuery, signal?: AbortSignal) => post<Compare>('compare', query, signal),
};
