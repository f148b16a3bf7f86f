import { expect, it } from 'vitest';
import { AskedParts, askedAgain, nothingYet } from './part.ts';

it('keeps the last value with the reason why there is no newer one, and recovers', async () => {
  const first = await askedAgain<number>(nothingYet, () => 1);
  expect(first).toMatchObject({ value: 1, problem: null });
  const failed = await askedAgain(first, () => Promise.reject(new Error('gone\nat line 1')));
  expect(failed).toEqual({ ...first, problem: 'gone' });
  expect(await askedAgain(failed, () => 2)).toMatchObject({ value: 2, problem: null });
});

const two = () => new AskedParts<{ fast: number; hangs: number }>({ fast: nothingYet, hangs: nothingYet });
const never = new Promise<number>(() => {});

it('who does not answer holds nobody else up, and is not asked twice at once', async () => {
  const asked = two();
  let questions = 0;
  const hang = () => {
    questions++;
    return never;
  };
  void asked.ask('hangs', hang);
  void asked.ask('hangs', hang);
  await asked.ask('fast', async () => 1);
  await asked.ask('fast', async () => 2);
  expect(questions).toBe(1);
  expect(asked.parts.fast.value).toBe(2);
  expect(asked.parts.hangs).toEqual(nothingYet);
});

it('what a lab answers that is gone meanwhile counts no more', async () => {
  const asked = two();
  await asked.ask('fast', async () => 1);
  const late = Promise.withResolvers<number>();
  const answered = asked.ask('hangs', () => late.promise);
  asked.freeze();
  late.resolve(7);
  await answered;
  expect(asked.parts.fast.value).toBe(1);
  expect(asked.parts.hangs).toEqual(nothingYet);
  asked.forget(['fast']);
  expect(asked.parts.fast).toEqual(nothingYet);
  await asked.ask('hangs', async () => 8);
  expect(asked.parts.hangs.value).toBe(8);
});
