import { describe, expect, it } from 'vitest';
import { cut, decodePolyline, greatCircle, kilometres, middle, type Position, toward, unwrap } from './geo';

const vladivostok: Position = [131.9, 43.1];
const anchorage: Position = [-149.9, 61.2];

describe('encoded polylines', () => {
  it('are decoded as the documentation of the format has it', () => {
    expect(decodePolyline('_p~iF~ps|U_ulLnnqC_mqNvxq`@', 5)).toEqual([
      [-120.2, 38.5],
      [-120.95, 40.7],
      [-126.453, 43.252],
    ]);
  });
  it('keep six decimals over half the world', () => {
    // What tumen prints for the flight JS272.
    expect(decodePolyline('otzwqA_qt`{Fnhy}F~ikjK', 6)).toEqual([
      [132.148, 43.399],
      [125.67, 39.224],
    ]);
  });
  it('may be empty, and may be cut short', () => {
    expect(decodePolyline('', 6)).toEqual([]);
    expect(decodePolyline('_p~iF', 5)).toEqual([[0, 38.5]]);
  });
});

describe('a line over the antimeridian', () => {
  it('goes on past 180 degrees instead of leaping back', () => {
    const line = unwrap([
      [170, 60],
      [179, 61],
      [-179, 61],
      [-170, 62],
    ]);
    expect(line.map(([lon]) => lon)).toEqual([170, 179, 181, 190]);
  });
  it('comes out on the copy of the world that the line before it ended on', () => {
    expect(
      unwrap(
        [
          [-170, 62],
          [-160, 62],
        ],
        185,
      ),
    ).toEqual([
      [190, 62],
      [200, 62],
    ]);
    expect(toward(-175, [178, 0])).toEqual([-182, 0]);
  });
});

describe('the great circle', () => {
  const way = greatCircle(vladivostok, anchorage);
  it('from Vladivostok to Anchorage stays whole and ends on the other side of 180 degrees', () => {
    expect(way[0]).toEqual(vladivostok);
    expect(way.at(-1)?.[0]).toBeCloseTo(210.1);
    for (const [index, [lon]] of way.slice(1).entries()) expect(Math.abs(lon - (way[index]?.[0] ?? 0))).toBeLessThan(5);
  });
  it('is no longer than the straight distance, and goes north of both ends between', () => {
    const pieces = way.slice(1).map((point, index) => kilometres(way[index] as Position, point));
    expect(pieces.reduce((sum, piece) => sum + piece, 0)).toBeCloseTo(kilometres(vladivostok, anchorage), 3);
    expect(Math.max(...pieces)).toBeLessThan(112);
    expect(Math.max(...way.map(([, lat]) => lat))).toBeGreaterThan(61.2);
  });
  it('of a place to itself is that place twice', () => {
    expect(greatCircle(anchorage, anchorage)).toEqual([anchorage, anchorage]);
  });
  it('measures a quarter of the equator', () => {
    expect(kilometres([0, 0], [90, 0])).toBeCloseTo(10007.5, 0);
  });
});

describe('a line between places', () => {
  const line: Position[] = [0, 1, 2, 3, 4, 5].map((lon) => [lon, 0]);
  it('is cut at the nearest points, and each piece ends where the next begins', () => {
    expect(
      cut(line, [
        [0, 0],
        [2.1, 0.1],
        [5, 0],
      ]),
    ).toEqual([
      [
        [0, 0],
        [1, 0],
        [2.1, 0.1],
      ],
      [
        [2.1, 0.1],
        [3, 0],
        [4, 0],
        [5, 0],
      ],
    ]);
  });
  it('that is passed twice is cut in the order of the places', () => {
    const there: Position[] = [
      [0, 0],
      [1, 0],
      [2, 0],
      [1, 0],
      [0, 0],
    ];
    expect(
      cut(there, [
        [0, 0],
        [2, 0],
        [1, 0],
        [0, 0],
      ]),
    ).toEqual([
      [
        [0, 0],
        [1, 0],
        [2, 0],
      ],
      [
        [2, 0],
        [1, 0],
      ],
      [
        [1, 0],
        [0, 0],
      ],
    ]);
  });
  it('has a middle by length, not by points', () => {
    expect(
      middle([
        [0, 0],
        [1, 0],
        [10, 0],
      ])?.[0],
    ).toBeCloseTo(5);
    expect(middle([])).toBeUndefined();
  });
});
