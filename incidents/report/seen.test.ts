import type { Piece } from '@firedrill/chaos/report';
import { sloCatalogue } from '@firedrill/slo';
import { describe, expect, it } from 'vitest';
import { eventsOfCounters } from './events-of-counters.ts';
import { logGroups } from './logs.ts';
import { stretchAround } from './stretch.ts';
import { traceOf } from './traces.ts';

const piece = (answer: unknown): Piece => ({
  piece: 'x',
  what: 'a checkout that failed',
  source: 'y',
  request: '/',
  at: '2026-11-23T02:00:00.000Z',
  answer,
});

describe('logs', () => {
  const stream = (node: string, values: readonly [string, string][], more: Record<string, string> = {}) => ({
    stream: { service_name: 'shop', node, severity_text: 'WARN', ...more },
    values,
  });
  const groups = logGroups(
    piece({
      data: {
        result: [
          stream('api-1', [
            ['3000000000', 'order 17 failed'],
            ['1000000000', 'order 4 failed'],
          ]),
          stream('api-2', [['2000000000', 'order 9 failed']], { err_message: 'no\nanswer' }),
          stream('edge-1', [['4000000000', '{"method":"POST","path":"/orders","status":"503"}']]),
        ],
      },
    }),
  );

  it('are one where they differ in figures only, by when the first came', () => {
    expect(groups?.map(({ atMs, node, count, message }) => [atMs, node, count, message])).toEqual([
      [1000, 'api-1', 2, 'order 4 failed'],
      [2000, 'api-2', 1, 'order 9 failed: no answer'],
      [4000, 'edge-1', 1, 'POST /orders 503'],
    ]);
  });

  it('are unknown, and not none, where there was no answer', () => {
    expect(logGroups(undefined)).toBeUndefined();
    expect(logGroups(piece(null))).toBeUndefined();
    expect(logGroups(piece({ data: { result: [] } }))).toEqual([]);
  });
});

it('a trace is a tree in the order of its begin, with what failed', () => {
  const span = (spanID: string, parent: string, startTime: number, tags: readonly object[] = []) => ({
    spanID,
    operationName: spanID,
    references: [{ refType: 'CHILD_OF', spanID: parent }],
    startTime,
    duration: 2000,
    tags,
    processID: 'p1',
  });
  const answer = {
    data: [
      {
        traceID: 't',
        spans: [
          span('write', 'checkout', 9000, [
            { key: 'otel.status_code', value: 'ERROR' },
            { key: 'otel.status_description', value: 'DeadlineExceeded' },
          ]),
          span('read', 'checkout', 7000),
          span('checkout', 'of the client', 5000, [
            { key: 'error', value: true },
            { key: 'http.response.status_code', value: 503 },
          ]),
        ],
        processes: { p1: { serviceName: 'shop' } },
      },
    ],
  };
  const [trace] = traceOf(piece(answer), { name: 'x', path: 'x.json' });
  expect(
    trace?.spans.map(({ depth, operation, startMs, error }) => [depth, operation, startMs, error]),
  ).toEqual([
    [0, 'checkout', 0, 'HTTP 503'],
    [1, 'read', 2, undefined],
    [1, 'write', 4, 'DeadlineExceeded'],
  ]);
  expect(traceOf(piece({ data: [] }), { name: 'x', path: 'x.json' })).toEqual([]);
});

describe('a stretch of failures', () => {
  const at = (outcome: 'good' | 'bad', ...seconds: readonly number[]) =>
    seconds.map((second) => ({ timeMs: second * 1000, outcome }));
  const events = [...at('bad', 1, 30, 38, 45, 80), ...at('good', 5, 60, 100)];

  it('is the one around a moment, and ends where ten seconds were good', () => {
    expect(stretchAround(events, 40_000)).toEqual({ fromMs: 30_000, toMs: 45_000 });
  });
  it('has no end that is known where the events end with it', () => {
    expect(
      stretchAround(
        events.filter(({ timeMs }) => timeMs <= 50_000),
        40_000,
      ),
    ).toEqual({ fromMs: 30_000, toMs: undefined });
  });
  it('is none where nothing failed near it', () => {
    expect(stretchAround(events, 70_000)).toBeUndefined();
    expect(stretchAround(at('good', 1, 2), 1_000)).toBeUndefined();
  });
});

it("an SLO's events are what its counters grew by, also when they began anew", () => {
  const [slo] = sloCatalogue(1).filter(({ name }) => name === 'checkout-availability');
  const series = (outcome: string, operation: string, ...values: readonly number[]) => ({
    metric: { operation, outcome },
    samples: values.map((value, index): [number, number] => [index * 1000, value]),
  });
  const counted = [
    series('good', 'checkout', 100, 102, 102, 1),
    series('bad', 'checkout', 0, 0, 2, 0),
    series('bad', 'browse', 0, 9, 9, 9),
  ];
  const events = eventsOfCounters(slo!, { counted, inTime: [] });
  const times = (outcome: string) =>
    events.filter((one) => one.outcome === outcome).map(({ timeMs }) => timeMs);
  expect(times('good')).toEqual([1000, 1000, 3000]);
  expect(times('bad')).toEqual([2000, 2000]);
});
