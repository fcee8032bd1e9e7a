import { expect, test } from 'vitest';
import { nightBands, nights } from '../src/lib/night';

test('an evening train is in the night from ten on', () => {
  expect(nights('2026-12-12T20:00:00+03:00', '2026-12-13T00:00:00+03:00')).toEqual([{ from: 0.5, to: 1 }]);
});

test('a ride of two days goes through two nights', () => {
  const spans = nights('2026-12-12T06:00:00+03:00', '2026-12-14T06:00:00+03:00');
  expect(spans).toEqual([
    { from: 16 / 48, to: 24 / 48 },
    { from: 40 / 48, to: 48 / 48 },
  ]);
});

test('the clock that runs ahead on the way east shortens the night, it does not move it off its hours', () => {
  const [night] = nights('2026-12-12T18:00:00+03:00', '2026-12-13T10:00:00+07:00');
  expect(night).toEqual({ from: 4 / 16, to: 12 / 16 });
});

test('by day there is no night, and in the small hours a crossing that turns the clock back is all night', () => {
  expect(nights('2026-12-12T08:00:00+03:00', '2026-12-12T20:00:00+03:00')).toEqual([]);
  expect(nights('2026-12-12T03:00:00+10:00', '2026-12-12T02:20:00+09:00')).toEqual([{ from: 0, to: 1 }]);
});

test('nights are drawn as bands with hard edges', () => {
  expect(nightBands([], 'to bottom', 'grey')).toBe('none');
  expect(nightBands([{ from: 0.25, to: 0.5 }], 'to right', 'grey')).toBe(
    'linear-gradient(to right, transparent 25%, grey 25%, grey 50%, transparent 50%)',
  );
});
