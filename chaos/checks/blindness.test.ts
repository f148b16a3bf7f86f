import { expect, it } from 'vitest';
import type { Piece } from '../evidence/piece.ts';
import type { JournalEvent } from '../journal/event.ts';
import { fixturePlan } from '../report/testing/fixture-journal.ts';
import { blindSpans, blindToUsersMs, isBlindAt, notLookedAt, wasBlindToUsers } from './blindness.ts';
import type { Run } from './run.ts';
import { checkWatchers } from './watchers.ts';

const startMs = Date.parse('2026-11-28T09:00:00.000Z');
const endMs = startMs + 120_000;
const at = (second: number): number => startMs + 1000 * second;
const iso = (ms: number): string => new Date(ms).toISOString();

type Hole = readonly [fromSecond: number, toSecond: number];
interface Story {
  /** When who watches is silent or unseen, seconds of the load. */
  readonly heartbeat?: Hole;
  readonly logRules?: Hole;
  /** Target → when its scrapes fail, or are not there at all because Prometheus is not. */
  readonly scrapes?: Readonly<Record<string, Hole>>;
  readonly gone?: boolean;
  readonly plan?: Partial<Run['plan']>;
}

const inHole = (second: number, hole: Hole | undefined): boolean =>
  hole !== undefined && second >= hole[0] && second < hole[1];

/** Looked at every five seconds from 10 s before the load, and when it comes back. */
function looks(type: 'watchdog' | 'log-rules', everySeconds: number, hole: Hole | undefined): JournalEvent[] {
  const beats = Array.from({ length: 140 / everySeconds }, (_, index) => -20 + index * everySeconds);
  const heard = beats.filter((second) => !inHole(second, hole));
  const back = heard.find((second) => hole !== undefined && second >= hole[1]);
  const times = [
    ...Array.from({ length: 27 }, (_, index) => -10 + 5 * index),
    ...(back === undefined ? [] : [back]),
  ];
  return times
    .toSorted((a, b) => a - b)
    .map((second): JournalEvent => {
      const last = heard.findLast((beat) => beat <= second) ?? 0;
      const silentMs = 1000 * (second - last);
      const about = { seq: 0, at: iso(at(second)) };
      return type === 'watchdog'
        ? { ...about, type, lastHeartbeatAt: iso(at(last)), silentMs }
        : { ...about, type, lastEvaluationAt: iso(at(last)), silentMs };
    });
}

function scraped(target: string, hole: Hole | undefined, gone: boolean) {
  const [instance, job = 'api', everySeconds = '1'] = target.split('/');
  const step = Number(everySeconds);
  const seconds = Array.from({ length: 140 / step }, (_, index) => index * step - 10);
  const values = seconds
    .filter((second) => !(gone && inHole(second, hole)))
    .map((second) => [at(second) / 1000, inHole(second, hole) ? '0' : '1']);
  return { metric: { instance, job }, values };
}

function runOf({ heartbeat, logRules, scrapes = {}, gone = false, plan }: Story): Run {
  const targets = { 'client-1/client': undefined, 'api-1': undefined, 'api-1/probe': undefined, ...scrapes };
  const result = Object.entries(targets).map(([target, hole]) => scraped(target, hole, gone));
  const up = { answer: { data: { resultType: 'matrix', result } } } as unknown as Piece;
  return {
    plan: { ...fixturePlan, ...plan },
    times: {
      loadFromMs: startMs,
      loadToMs: endMs,
      endMs: endMs + 5000,
      injectedMs: at(30),
      plannedMs: startMs,
    },
    events: [...looks('watchdog', 2, heartbeat), ...looks('log-rules', 5, logRules)],
    evidence: new Map([['prometheus-up', up]]),
  } as unknown as Run;
}

/** By what, of what, from which second to which one, and whether pages could not come. */
const told = (story: Story) =>
  blindSpans(runOf(story)).map(({ by, what, pages, fromMs, toMs }) =>
    [
      by,
      ...what,
      ...[fromMs, toMs].map((ms) => (ms === undefined ? 'end' : (ms - startMs) / 1000)),
      pages ? 'pages' : '',
    ]
      .join(' ')
      .trim(),
  );

it('nobody is blind while all is heard and seen', () => {
  expect(told({})).toEqual([]);
  expect(checkWatchers(runOf({})).verdict).toBe('pass');
  expect(wasBlindToUsers(runOf({}))).toBe(false);
});

it.each<readonly [string, Story, readonly string[]]>([
  ['a silence of the heartbeat', { heartbeat: [40, 60] }, ['heartbeat 38 60 pages']],
  ['one that lasts', { heartbeat: [40, 200] }, ['heartbeat 38 end pages']],
  ['a heartbeat missed or two', { heartbeat: [40, 46] }, []],
  ['Loki that evaluates nothing', { logRules: [41, 71] }, ['log-rules 40 75']],
  [
    'targets that cannot be scraped, as one stretch',
    { scrapes: { 'api-1': [40, 60], 'payment-1': [41, 62] } },
    ['scrapes api-1 payment-1 39 62'],
  ],
  [
    'the same target unseen twice',
    { scrapes: { 'api-1': [40, 50], 'payment-1': [70, 80] } },
    ['scrapes api-1 39 50', 'scrapes payment-1 69 80'],
  ],
  [
    "the users' own, beside the others",
    { scrapes: { 'client-1/client': [40, 60], 'api-1/probe': [40, 60] } },
    ['scrapes client-1 39 60 pages', 'scrapes probe of api-1 39 60'],
  ],
  ['two scrapes in a row of one that is seldom scraped', { scrapes: { 'a-1/api/5': [40, 50] } }, []],
  ['three of them', { scrapes: { 'a-1/api/5': [40, 55] } }, ['scrapes a-1 35 55']],
  ['a scrape that failed now and then', { scrapes: { 'api-1': [40, 45] } }, []],
  ['a target that was never seen', { scrapes: { 'api-2': [-10, 200] } }, ['scrapes api-2 -10 end']],
  [
    'what was before the load or is after it',
    { heartbeat: [-20, -5], scrapes: { 'client-1/client': [118, 200] } },
    [],
  ],
])('tells of %s', (_name, story, spans) => {
  expect(told(story)).toEqual(spans);
  const verdict = spans.length === 0 ? 'pass' : 'inconclusive';
  expect(checkWatchers(runOf(story)).verdict).toBe(verdict);
});

it('a Prometheus that died leaves a hole and no failed scrape, and its last heartbeats still come', () => {
  const hole: Hole = [40, 60];
  const story: Story = {
    gone: true,
    scrapes: { 'client-1/client': hole, 'api-1': hole, 'api-1/probe': hole, 'prometheus-1': hole },
  };
  expect(told(story)).toEqual([
    'scrapes client-1 39 60 pages',
    'scrapes api-1 probe of api-1 prometheus-1 39 60',
  ]);
  const run = runOf({ ...story, heartbeat: [50, 62] });
  expect(wasBlindToUsers(run)).toBe(true);
  // From the last scrape to the next heartbeat: what overlaps counts once.
  expect(blindToUsersMs(run)).toBe(23_000);
  expect([39, 40, 61, 63].map((second) => isBlindAt(run, at(second)))).toEqual([false, true, true, false]);
});

it('what a fault itself breaks is not scraped: that is what there was to see', () => {
  const killed = { ...fixturePlan.faults[0]!, edges: [], nodes: ['api-1'] };
  const scrapes: Story['scrapes'] = { 'api-1': [40, 60], 'api-1/probe': [40, 60], 'payment-1': [40, 60] };
  expect(told({ scrapes, plan: { faults: [killed] } })).toEqual(['scrapes payment-1 39 60']);
});

it('that is never a pass, also where it is what was to happen', () => {
  const plan: Story['plan'] = { blind: ['heartbeat'] };
  const check = checkWatchers(runOf({ heartbeat: [40, 60], plan }));
  expect(check.verdict).toBe('inconclusive');
  expect(check.summary).toBe(
    'Those who watch were blind, as was to happen: no heartbeat from 8.0 s to 30.0 s after the injection (no alert could come).',
  );
});

it('and where it was to happen and did not, what was believed is refuted', () => {
  const check = checkWatchers(runOf({ plan: { blind: ['heartbeat', 'scrapes'] }, heartbeat: [40, 60] }));
  expect(check.verdict).toBe('fail');
  expect(check.summary).toContain('blind by the scrapes of Prometheus');
});

it('what nobody looked at is named', () => {
  const run = runOf({});
  const up = run.evidence.get('prometheus-up') as {
    readonly answer: {
      readonly data: { readonly result: readonly { readonly metric: { readonly job: string } }[] };
    };
  };
  const others = up.answer.data.result.filter(({ metric }) => metric.job !== 'client');
  const answer = { data: { resultType: 'matrix', result: others } };
  const unseen = { ...run, evidence: new Map([['prometheus-up', { answer } as unknown as Piece]]) };
  expect(notLookedAt(unseen)).toEqual(['scrapes']);
  expect(wasBlindToUsers(unseen)).toBe(true);
  expect(notLookedAt({ ...run, events: [], evidence: new Map() })).toEqual([
    'heartbeat',
    'scrapes',
    'log-rules',
  ]);
  const never = run.events.map((event) =>
    event.type === 'watchdog' ? { ...event, lastHeartbeatAt: null } : event,
  );
  const check = checkWatchers({ ...run, events: never });
  expect(check).toMatchObject({
    verdict: 'inconclusive',
    summary: expect.stringContaining("the alerting's heartbeat"),
  });
});
