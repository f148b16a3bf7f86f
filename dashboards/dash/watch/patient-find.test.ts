import { expect, it } from 'vitest';
import { PatientFind } from './patient-find.ts';

const patienceMs = 1000;
const lab = { name: 'lab' };

it('finds what is there, and that there is nothing', async () => {
  expect(await new PatientFind(async () => lab, patienceMs).find()).toBe(lab);
  expect(await new PatientFind(async () => undefined, patienceMs).find()).toBeUndefined();
  expect(await new PatientFind(() => Promise.reject(new Error('no')), patienceMs).find()).toBeUndefined();
});

it('does not wait for who hangs, nor asks it twice at once; given up on it is late, and not gone', async () => {
  const questions: PromiseWithResolvers<typeof lab | undefined>[] = [];
  const patient = new PatientFind(() => {
    const question = Promise.withResolvers<typeof lab | undefined>();
    questions.push(question);
    return question.promise;
  }, patienceMs);
  expect(await patient.find()).toBe('late');
  expect(await patient.find()).toBe('late');
  expect(questions).toHaveLength(1);
  questions[0]?.resolve(undefined);
  expect(await patient.find()).toBe('late');
  const next = patient.find();
  expect(questions).toHaveLength(2);
  questions[1]?.resolve(undefined);
  expect(await next).toBeUndefined();
});

it('takes an answer that came between two looks', async () => {
  const answer = Promise.withResolvers<typeof lab>();
  let questions = 0;
  const patient = new PatientFind(() => {
    questions++;
    return answer.promise;
  }, patienceMs);
  expect(await patient.find()).toBe('late');
  answer.resolve(lab);
  await answer.promise;
  expect(await patient.find()).toBe(lab);
  expect(questions).toBe(1);
});

it('believes in what it has just seen, once: a machine that stalls is not a lab that hangs', async () => {
  const slow = Promise.withResolvers<typeof lab>();
  const answers = [Promise.resolve(lab), slow.promise];
  const patient = new PatientFind(() => answers.shift() ?? slow.promise, patienceMs);
  expect(await patient.find()).toBe(lab);
  expect(await patient.find()).toBe(lab);
  await expect.poll(() => patient.find(), { timeout: 20_000 }).toBe('late');
});
