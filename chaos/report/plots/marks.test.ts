import { expect, it } from 'vitest';
import { labelled } from './marks.ts';

it('gives marks that would write over each other one label, in the order of their times', () => {
  const marks = [
    { second: 70, label: 'page delivered' },
    { second: 69, label: 'firing' },
    { second: 120, label: 'resolved' },
  ];
  expect(labelled(marks, 10)).toEqual([
    { second: 69, label: 'firing, page delivered' },
    { second: 70, label: '' },
    { second: 120, label: 'resolved' },
  ]);
});
