import { describe, expect, it } from 'vitest';
import { cameraFor, placer, project, unproject } from './camera';
import type { Position } from './geo';

describe('the projection', () => {
  it('puts the null island in the middle of the world and 85.05 degrees at its edge', () => {
    expect(project([0, 0])).toEqual([0.5, 0.5]);
    expect(project([180, 85.051129])[1]).toBeCloseTo(0, 6);
    expect(project([0, 90])[1]).toBeCloseTo(0, 6);
  });
  it('leads back to the place', () => {
    const [lon, lat] = unproject(project([190.5, 61.2]));
    expect([lon, lat].map((degrees) => Number(degrees.toFixed(9)))).toEqual([190.5, 61.2]);
  });
});

describe('a view fitted to places', () => {
  const size = { width: 800, height: 400 };
  const moscowToPyongyang: Position[] = [
    [37.655, 55.777],
    [125.736, 39.005],
  ];
  it('shows them all within the padding, the outermost on its edge', () => {
    const camera = cameraFor(moscowToPyongyang, size, { padding: { across: 50, down: 50 }, maxZoom: 9 });
    const [moscow, pyongyang] = moscowToPyongyang.map(placer(camera, size)) as [[number, number], [number, number]];
    expect(moscow[0]).toBeCloseTo(50);
    expect(pyongyang[0]).toBeCloseTo(750);
    expect(moscow[1] + pyongyang[1]).toBeCloseTo(400);
    expect(moscow[1]).toBeGreaterThan(50);
  });
  it('holds places on both sides of the antimeridian together', () => {
    const camera = cameraFor(
      [
        [132, 43],
        [210, 61],
      ],
      size,
      { padding: { across: 0, down: 0 }, maxZoom: 9 },
    );
    expect(camera.centre[0]).toBeCloseTo(171);
    expect(camera.zoom).toBeGreaterThan(1);
  });
  it('of one place is no closer than asked, and of none is the world', () => {
    expect(cameraFor([[131, 43]], size, { padding: { across: 50, down: 50 }, maxZoom: 7 }).zoom).toBe(7);
    expect(cameraFor([], size, { padding: { across: 50, down: 50 }, maxZoom: 7 }).zoom).toBe(0);
  });
});
