import { untouched } from '@firedrill/lab';
import { levelByNumber } from '@firedrill/topology';
import { expect, test } from 'vitest';
import { refuseOperatedLab, refusePromotedLab } from './promoted-lab.ts';

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

test('a lab on which an operator has set something is refused in one line that says what', () => {
  expect(() => refuseOperatedLab(2, { ...untouched, readOnly: true })).toThrow(
    expect.objectContaining({
      code: 'fault-refused',
      message: expect.stringMatching(/^[^\n]*level 2: [^\n]*READ-ONLY[^\n]*$/),
      fix: expect.stringContaining('pnpm lab down --level 2'),
    }),
  );
});

test('an untouched lab is taken, and one with a key that was rotated', () => {
  refuseOperatedLab(1, untouched);
  refuseOperatedLab(1, { ...untouched, paymentKey: { id: 'second', key: 'secret' } });
});
