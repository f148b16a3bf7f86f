import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Answer, holds, parseCondition } from './condition.ts';

const rows = (...values: readonly number[]): Answer => ({
  kind: 'rows',
  rows: values.map((value, index) => ({ labels: { instance: `api-${index + 1}` }, value })),
});
const text = (said: string): Answer => ({ kind: 'text', text: said });
const ask = (condition: string, answer: Answer) => {
  const parsed = parseCondition(condition);
  if (parsed === undefined) throw new Error(`no condition: ${condition}`);
  return holds(parsed, answer);
};
const first = { instance: 'api-1' };
const second = { instance: 'api-2' };

describe.each<readonly [string, Answer, object | undefined]>([
  ['no row', rows(), {}],
  ['no row', rows(0), undefined],
  ['a row', rows(0), first],
  ['rows > 1', rows(1, 1), first],
  ['rows > 1', rows(1), undefined],
  ['any > 0.1', rows(0.1, 0.2), second],
  ['any > 0.1', rows(0.1, Number.NaN), undefined],
  ['all < 0.05', rows(0, 0.01), first],
  ['all < 0.05', rows(0, 0.5), undefined],
  ['all < 0.05', rows(0, Number.NaN), undefined],
  ['all < 0.05', rows(), undefined],
  ['any = 0', rows(1, 0), second],
  ['says `NODE down`', text('pg-1   down   -\napi-1  ready  12'), { NODE: 'pg-1' }],
  ['says `NODE down`', text('pg-1   ready  11\napi-1  not ready'), undefined],
  ['says `NODE down`', text('api-1:pg-1  enabled  shop-drop (timeout, downstream)\npg-1\ndown'), undefined],
  ['says `prometheus-1 down`', text('loki-1  down\nprometheus-1  down  -'), {}],
  ['says `"missing":false`', text('{"silentMs":12,"missing":false}'), {}],
  ['says `"missing":false`', text('{"silentMs":12,"missing":true}'), undefined],
  ['else', rows(), {}],
  ['no row', text(''), undefined],
  ['says `a`', rows(1), undefined],
  ['any > 0', { kind: 'none', why: 'refused' }, undefined],
])('%s', (condition, answer, bindings) => {
  it(`${JSON.stringify(answer)} ${bindings === undefined ? 'is not meant' : 'is meant'}`, () => {
    expect(ask(condition, answer)).toEqual(bindings);
  });
});

it.each(['', 'any', 'any 5', 'some > 1', 'any > x', 'says down', 'rows', '> 1'])('%j is none', (words) => {
  expect(parseCondition(words)).toBeUndefined();
});

it('all and any of the opposite never both hold', () => {
  fc.assert(
    fc.property(fc.array(fc.double()), fc.integer({ min: 0, max: 9 }), (values, limit) => {
      const answer = rows(...values);
      const all = ask(`all < ${limit}`, answer) !== undefined;
      const any = ask(`any >= ${limit}`, answer) !== undefined;
      expect(all && any).toBe(false);
    }),
  );
});
