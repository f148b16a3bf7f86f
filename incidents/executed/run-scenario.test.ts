import { expect, it } from 'vitest';
import type { Transcript, TranscriptEvent } from '../runbook/transcript.ts';
import { problemsOf } from './run-scenario.ts';
import type { Scenario } from './scenario.ts';

const at = '2026-11-28T03:00:00.000Z';
const helped: Scenario = {
  alert: 'CheckoutAvailability',
  experiment: 'lose-api',
  level: 1,
  outcome: 'recovered',
  levers: ['restart'],
};
const handedOver: Scenario = { ...helped, outcome: 'degraded', levers: ['read-only'] };

const ended = (outcome: Transcript['outcome'], ...events: readonly TranscriptEvent[]): Transcript => ({
  runbook: 'CheckoutAvailability',
  level: 1,
  outcome,
  tookMs: 1000,
  events: [...events],
});
const check = (name: string, verdict: 'pass' | 'fail' | 'inconclusive') => ({
  name,
  verdict,
  summary: 'seen',
  evidence: [],
});
const pass = { checks: [check('reachable', 'pass')] } as unknown as Parameters<typeof problemsOf>[1];

it('nothing is wrong with what ended as it must, by the levers it must', () => {
  expect(problemsOf(helped, pass, ended('recovered'), ['restart api-1'])).toEqual([]);
});

it('a page that never came was not answered', () => {
  expect(problemsOf(helped, pass, undefined, [])).toEqual(['the page did not come']);
});

it('another end, and other levers, are said', () => {
  expect(problemsOf(helped, pass, ended('escalated'), ['drain api-1', 'undrain api-1'])).toEqual([
    'it ended escalated, not recovered',
    'pulled drain, undrain, not restart',
  ]);
});

it('where nothing helps somebody is told and somebody called', () => {
  const told: TranscriptEvent = { at, type: 'communicate', text: 'Nobody can buy.' };
  const called: TranscriptEvent = { at, type: 'escalate', text: 'The owner of the database.' };
  expect(problemsOf(handedOver, pass, ended('degraded', told), ['read-only on'])).toEqual([
    'the runbook did not escalate',
  ]);
  expect(problemsOf(handedOver, pass, ended('degraded', told, called), ['read-only on'])).toEqual([]);
});

it('a check that did not pass counts, unless the fault breaks it for good', () => {
  const verdict = { checks: [check('integrity-02', 'fail'), check('alerts', 'inconclusive')] } as never;
  expect(
    problemsOf({ ...helped, broken: ['integrity-02'] }, verdict, ended('recovered'), ['restart api-1']),
  ).toEqual(['inconclusive alerts: seen']);
});
