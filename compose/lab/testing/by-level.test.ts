import { expect, it } from 'vitest';
import { levelOfFile } from './by-level.ts';

it.each([
  ['/checkout/compose/lab/lab.lab.test.ts', 1],
  ['/checkout/compose/lab/level-2.lab.test.ts', 2],
  ['/checkout/target-app/test/behaviour/buy.lab.test.ts', 0],
  ['/checkout/chaos/faults/promote-level-3.lab.test.ts', 3],
])('%s runs on level %i', (path, level) => {
  expect(levelOfFile(path)).toBe(level);
});
