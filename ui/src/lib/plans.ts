import { api } from '../api/client';
import type { Itinerary, Plan, PlanQuery } from '../api/types';

/** What tells a journey from the others of an answer, short enough for an address: the runs it takes. */
export function signature(itinerary: Itinerary): string {
  const trips = itinerary.legs.flatMap((leg) => leg.tripId ?? []);
  return trips.length > 0 ? trips.join(',') : 'walk';
}

/** Every journey of an answer that can be opened. */
export function journeysOf(plan: Plan): Itinerary[] {
  const { hiddenCarriage, nextPossible } = plan.tumen;
  return [...plan.itineraries, ...plan.direct, ...(hiddenCarriage ? [hiddenCarriage] : []), ...(nextPossible ? [nextPossible] : [])];
}

/** The journey of an answer with a signature. */
export const journeyOf = (plan: Plan, named: string): Itinerary | undefined =>
  journeysOf(plan).find((itinerary) => signature(itinerary) === named);

const held: { key: string; plan: Plan }[] = [];
const keyOf = (query: PlanQuery): string => JSON.stringify({ ...query, depart: undefined, arrive: undefined });

/** Asks for journeys and holds the answer, so that opening one of them asks nothing. */
export async function plan(query: PlanQuery, signal: AbortSignal): Promise<Plan> {
  const answer = await api.plan(query, signal);
  held.unshift({ key: keyOf(query), plan: answer });
  held.length = Math.min(held.length, 4);
  return answer;
}

/** An answer with a journey: one that is held, or else a new one. */
export async function planWith(named: string, query: PlanQuery, signal: AbortSignal): Promise<Plan> {
  const key = keyOf(query);
  return held.find((one) => one.key === key && journeyOf(one.plan, named))?.plan ?? plan(query, signal);
}
