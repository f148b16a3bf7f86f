import { expect, it } from 'vitest';
import { mayHaveCaused } from './may-have-caused.ts';

const run = '20261129-190750-drill-l1-s80';

it.each([
  ['that has not ended', {}, true],
  ['whose pages went on into it', { recoveredAt: '2026-11-29T19:08:20.000Z' }, true],
  [
    'that somebody said to be over meanwhile',
    { resolved: { at: '2026-11-29T19:07:51.000Z', by: 'ana' } },
    true,
  ],
  ['whose pages had ended before', { recoveredAt: '2026-11-29T19:07:45.123Z' }, false],
  [
    'whose pages had ended before, though nobody said so until now',
    { recoveredAt: '2026-11-29T19:07:45.123Z', resolved: { at: '2026-11-29T19:09:00.000Z', by: 'ana' } },
    false,
  ],
])('a run has to do with an incident %s: %o, %s', (_what, incident, may) => {
  expect(mayHaveCaused(run, incident)).toBe(may);
});
