import { sharedLab } from '@firedrill/lab/testing';
import { levelByNumber } from '@firedrill/topology';
import { expect, test } from 'vitest';
import { judgeOnLab } from './judge-on-lab.ts';
import { kill } from './kill.ts';

test('the witness confirms that a node is dead, and only that one, and that it came back', async () => {
  const lab = await sharedLab(1);
  const seen = await judgeOnLab(lab, levelByNumber(1), kill, {}, { edges: [], nodes: ['payment-1'] });
  expect(seen.figures.filter((figure) => figure.includes('want'))).toEqual([]);
  expect(seen.verdict).toBe('confirmed');
});
