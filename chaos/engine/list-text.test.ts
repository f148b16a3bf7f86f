import { expect, test } from 'vitest';
import { experiments } from '../experiments/index.ts';
import { faults } from '../faults/index.ts';
import { listText } from './list-text.ts';

test('lists every experiment with its levels and variants, and every fault', () => {
  const [first, ...others] = experiments;
  const text = listText([{ ...first!, levels: [1, 3] }, ...others], faults);
  expect(text).toMatch(new RegExp(`^  ${first!.name} +level 1, 3 +${first!.title}`, 'm'));
  for (const { name } of others) expect(text).toMatch(new RegExp(`^  ${name} +level \\d`, 'm'));
  expect(text).toContain('(--variant quorum)');
  expect(text).toMatch(/^ {2}lose-loki .*Loki dies \(at best inconclusive: nobody watches\)$/m);
  for (const { name } of faults) expect(text).toMatch(new RegExp(`^  ${name} `, 'm'));
});
