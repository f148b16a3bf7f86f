import { expect, it } from 'vitest';
import { fixturePlan } from '../report/testing/fixture-journal.ts';
import { prometheusQuestions } from './prometheus-questions.ts';

const window = { fromMs: 10_000, toMs: 70_000 };
const asked = (level: number): readonly string[] =>
  prometheusQuestions({ ...fixturePlan, level, service: `shop-l${level}` }, window).map(({ piece }) => piece);

it('asks the load balancer where there is one', () => {
  const ofEdge = (level: number) => asked(level).filter((piece) => piece.startsWith('prometheus-edge-'));
  expect(ofEdge(1)).toEqual([]);
  expect(ofEdge(2)).toEqual([
    'prometheus-edge-responses',
    'prometheus-edge-server-responses',
    'prometheus-edge-error-ratio',
    'prometheus-edge-probes',
  ]);
  expect(ofEdge(3)).toEqual(ofEdge(2));
});

it('asks each question once, under a name of its own', () => {
  expect(new Set(asked(3)).size).toBe(asked(3).length);
});
