import { describe, expect, it } from 'vitest';
import { Boxes, boxOf } from './boxes';
import { placeLabels, textWidth } from './labels';

const size = { width: 300, height: 100 };
const wish = (id: string, x: number, y: number) => ({ id, x, y, gap: 8, width: 60, height: 14, apart: 3, over: 0 });
const clear = { marks: [], lines: [] };

describe('labels on a drawing', () => {
  it('stand right of their mark where there is room', () => {
    expect(placeLabels([wish('Irkutsk', 50, 50)], clear, size)).toEqual([{ id: 'Irkutsk', dx: 8, dy: 0, anchor: 'start' }]);
  });
  it('turn to the other side at the edge', () => {
    expect(placeLabels([wish('Pyongyang', 290, 50)], clear, size)).toMatchObject([{ dx: -8, anchor: 'end' }]);
  });
  it('give way to a label placed before them, or are left out', () => {
    const crowd = Array.from({ length: 20 }, (_, index) => wish(`stop ${index}`, 150, 50));
    const placed = placeLabels(crowd, clear, size);
    expect(placed.slice(0, 2).map(({ dx }) => dx)).toEqual([8, -8]);
    expect(placed.length).toBeLessThan(crowd.length);
  });
  it('keep as far from those before them as they wish', () => {
    const two = [wish('Khasan', 100, 30), { ...wish('Sofiysk', 100, 62), apart: 20 }];
    expect(placeLabels(two, clear, size).map(({ id, anchor }) => [id, anchor])).toEqual([
      ['Khasan', 'start'],
      ['Sofiysk', 'middle'],
    ]);
  });
  it('do not cover a mark', () => {
    const mark = { left: 155, top: 45, right: 175, bottom: 55 };
    expect(placeLabels([wish('Chita', 150, 50)], { marks: [mark], lines: [] }, size)).toMatchObject([{ anchor: 'end' }]);
  });
  it('are left out rather than cover a line, but for those that may, which cover as little as they can', () => {
    const lines = Array.from({ length: 75 }, (_, index) => boxOf(index * 4, 50, 5, index * 4 > 150 ? 100 : 60));
    expect(placeLabels([wish('Zima', 150, 50)], { marks: [], lines }, { width: 300, height: 90 })).toEqual([]);
    expect(placeLabels([{ ...wish('Khasan', 150, 50), over: Infinity }], { marks: [], lines }, { width: 300, height: 90 })).toHaveLength(1);
  });
  it('are measured by script', () => {
    expect(textWidth('평양', 10)).toBe(20);
    expect(textWidth('Хасан', 10)).toBeCloseTo(28);
  });
});

describe('boxes in cells', () => {
  it('are found by those near them, over the edges of cells and once each', () => {
    const [small, long, far] = [boxOf(63, 63, 4, 4), boxOf(200, 64, 300, 2), boxOf(500, 500, 4, 4)];
    const boxes = new Boxes([small, long, far]);
    expect([...boxes.near(boxOf(66, 66, 1, 1), 3)]).toEqual([small, long]);
    expect([...boxes.near(boxOf(200, 70, 200, 4), 0)]).toEqual([]);
    expect(boxes.near(boxOf(200, 70, 200, 4), 5).size).toBe(1);
  });
});
