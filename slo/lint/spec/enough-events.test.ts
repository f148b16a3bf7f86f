import { levelByNumber } from '@firedrill/topology';
import { expect, it } from 'vitest';
import { specFlaws } from '../testing/flaws.ts';
import { enoughEvents } from './enough-events.ts';

const level = levelByNumber(1);

it('finds an alert that chance decides: 2 checkouts/s × 60 s × 14.4 × 0.1 % are 1.7 events', () => {
  expect(specFlaws(enoughEvents)).toEqual([]);
  expect(specFlaws(enoughEvents, ['objective: 99\n', 'objective: 99.9\n'])).toEqual([
    'slos.0.objective: the drill page quick alert decides on 1.7 bad events at 2.00/s, fewer than 10: take an objective of at most 99.42, more operations or more load',
  ]);
});

it('takes what it tells to take, and no more', () => {
  expect(specFlaws(enoughEvents, ['objective: 99\n', 'objective: 99.42\n'])).toEqual([]);
  expect(specFlaws(enoughEvents, ['objective: 99\n', 'objective: 99.43\n'])).toHaveLength(1);
});

it("counts a drill at the lab's load and production at the declared one", () => {
  const found = specFlaws(enoughEvents, undefined, { level: { ...level, labRps: 0.01 } });
  expect(found.length).toBeGreaterThan(0);
  expect(found.filter((line) => line.includes('production'))).toEqual([]);
  const declared = specFlaws(enoughEvents, undefined, { level: { ...level, seedRps: 0.01 } });
  expect(declared.filter((line) => !line.includes('production'))).toEqual([]);
  expect(declared.length).toBeGreaterThan(0);
});

it('says only what helps when no objective would do', () => {
  expect(specFlaws(enoughEvents, undefined, { level: { ...level, labRps: 0.01 } })[0]).toMatch(
    /: take more operations or more load$/,
  );
});
