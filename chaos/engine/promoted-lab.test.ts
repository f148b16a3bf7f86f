import { levelByNumber } from '@firedrill/topology';
import { expect, test } from 'vitest';
import { refusePromotedLab } from './promoted-lab.ts';

const level3 = levelByNumber(3);

test('a lab whose primary is not the first of its topology is refused in one line', () => {
  expect(() => refusePromotedLab(level3, { primary: 'pg-2' })).toThrow(
    expect.objectContaining({
      code: 'fault-refused',
      message: expect.stringMatching(/^[^\n]*pg-2[^\n]*pg-1[^\n]*$/),
      fix: expect.stringContaining('pnpm lab down --level 3'),
    }),
  );
});

test('no lab, and one that was never promoted, are taken', () => {
  refusePromotedLab(level3, undefined);
  refusePromotedLab(level3, { primary: 'pg-1' });
  refusePromotedLab(levelByNumber(1), { primary: 'pg-1' });
});
