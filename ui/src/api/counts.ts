import type { Sources } from './types';

/** A month of a service; without data there are no numbers. */
export interface CountsMonth {
  month: string;
  state: 'noData' | 'suspended' | 'offered';
  inPart: boolean;
  assumedRuns: number | null;
  aWeek: number | null;
}

/** What the timetable offers of something, month by month. */
export interface CountsOffered {
  subject: string;
  kind: 'post' | 'stop' | 'route' | 'carriage';
  name: string;
  coverage: { from: string; until: string } | null;
  suspended: { from: string | null; until: string | null }[];
  berthsPerRun: number | null;
  months: CountsMonth[];
}

/** A reported figure as a range, with its days; what is not known is null. */
export interface CountsPoint {
  least: number | null;
  most: number | null;
  about: boolean;
  from: string | null;
  until: string | null;
}

/** A figure as somebody published it. */
export interface CountsReported {
  id: string;
  metric: string;
  value: string;
  unit: string;
  period: string;
  points: CountsPoint[];
  scope: string;
  confidence: string;
  note: string;
  contradicts: string[];
  load: { unknown: string } | { runs: number; berths: number | null; share: { least: number | null; most: number | null } | null } | null;
  sources: string[];
}

/** Reported figures beside what is offered. */
export interface Counts {
  of: string[];
  from: string;
  to: string;
  offered: CountsOffered[];
  reported: CountsReported[];
  sources: Sources;
}
