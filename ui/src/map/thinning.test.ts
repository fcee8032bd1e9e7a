import { describe, expect, it } from 'vitest';
import { project, worldWidth } from './camera';
import type { Mark } from './scene';
import { everyLabel, labelZooms } from './thinning';

const spacing = { across: 100, down: 20 };
const mark = (id: string, lon: number, rank: number): Mark => ({ id, at: [lon, 50], kind: 'call', name: id, rank });

describe('labels seen from afar', () => {
  it('leave out the less important of two that would touch, until there is room between them', () => {
    const [moscow, mytishchi] = labelZooms([mark('Moscow', 37.6, 0), mark('Mytishchi', 37.8, 3)], spacing) as [number, number];
    expect(moscow).toBe(0);
    const pixels = (project([37.8, 50])[0] - project([37.6, 50])[0]) * worldWidth(mytishchi);
    expect(pixels).toBeCloseTo(spacing.across);
  });
  it('need no room for a neighbour that is itself not shown', () => {
    const line = [mark('a', 0, 0), mark('hidden beside a', 0.1, 1), mark('c', 20, 2)];
    const [, hidden, c] = labelZooms(line, spacing) as [number, number, number];
    const alone = labelZooms([line[0] as Mark, line[2] as Mark], spacing)[1];
    expect(hidden).toBeGreaterThan(5);
    expect(c).toBeCloseTo(alone as number);
  });
  it('of two marks at one place show both from the zoom on that shows all', () => {
    expect(labelZooms([mark('Khasan', 130.6, 0), mark('Khasan', 130.6, 1)], spacing)).toEqual([0, everyLabel]);
  });
});
