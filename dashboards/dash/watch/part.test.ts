import { expect, it } from 'vitest';
import { askedAgain, nothingYet } from './part.ts';

it('keeps the last value with the reason why there is no newer one, and recovers', async () => {
  const first = await askedAgain<number>(nothingYet, () => 1);
  expect(first).toMatchObject({ value: 1, problem: null });
  const failed = await askedAgain(first, () => Promise.reject(new Error('gone\nat line 1')));
  expect(failed).toEqual({ ...first, problem: 'gone' });
  expect(await askedAgain(failed, () => 2)).toMatchObject({ value: 2, problem: null });
});
