import { undoOf } from '@firedrill/lab/control';
import type { JournalEvent, Plan, WitnessReading } from '../../journal/event.ts';
import { fixtureStart, healedMs, injectedMs, loadFromMs, loadToMs } from './fixture-load.ts';

type Unnumbered = {
  [K in JournalEvent['type']]: Omit<Extract<JournalEvent, { type: K }>, 'seq'>;
}[JournalEvent['type']];

const effects = (['upstream', 'downstream'] as const).map((stream) => {
  const toxic = {
    name: `drop-${stream}`,
    type: 'timeout' as const,
    stream,
    toxicity: 1,
    attributes: { timeout: 0 },
  };
  const action = { kind: 'toxic-add' as const, edge: 'api-1:pg-1', toxic };
  return { action, undo: undoOf(action) };
});

/** The plan of a database partition at level 1. */
export const fixturePlan: Plan = {
  experiment: 'partition-primary',
  title: 'The API loses its database',
  hypothesis: 'Every user is refused within the deadline, the page comes in 20 s, and no order is lost.',
  level: 1,
  service: 'shop-l1',
  seed: 7,
  clock: 'drill',
  rps: 10,
  seedRps: 10,
  controlMs: 60_000,
  loadMs: 150_000,
  traffic: [],
  faults: [
    {
      id: 'drop',
      startMs: 60_000,
      endMs: 90_000,
      fault: 'drop',
      label: 'drop: every byte both ways',
      colour: '#d64545',
      edges: ['api-1:pg-1'],
      nodes: [],
      reach: [],
      effects,
      expect: { during: 'nothing answered, time-outs', after: 'old connections closed, new ones answered' },
    },
  ],
  operator: [],
  alerts: {
    expected: [{ alert: 'CheckoutAvailability', severity: 'page', withinMs: 20_000, predictedMs: 9_140 }],
    forbidden: [],
    allowed: [
      { alert: 'BrowseAvailability', severity: 'page', reason: 'browsing needs the same database' },
      { alert: 'CheckoutAvailability', severity: 'ticket', reason: 'the slower windows see the same outage' },
      { alert: 'BrowseAvailability', severity: 'ticket', reason: 'the slower windows see the same outage' },
    ],
  },
  blind: [],
  hypotheses: [
    { phase: 'control', operation: 'checkout', measure: 'errorRatio', atMost: 0.01 },
    { phase: 'fault', operation: 'checkout', measure: 'errorRatio', atLeast: 0.9 },
    { phase: 'fault', operation: 'browse', measure: 'p99Ms', atMost: 2_600 },
    { phase: 'recovered', operation: 'checkout', measure: 'errorRatio', atMost: 0.01 },
  ],
  predictedBudget: [{ slo: 'checkout-availability', badEvents: 60, percentOf30d: 0.1157 }],
  abort: { badEventsAtMost: 600, alerts: [], queries: [] },
};

/** The journal of such a run, from the plan to the phase `check`. */
export function fixtureJournal(plan: Plan = fixturePlan): JournalEvent[] {
  const iso = (ms: number) => new Date(ms).toISOString();
  const notification = (
    alert: string,
    severity: string,
    status: 'firing' | 'resolved',
    receivedMs: number,
  ): Unnumbered => ({
    at: iso(receivedMs + 3),
    type: 'notification',
    notification: {
      alert,
      severity,
      slo: `shop-l1-${alert === 'CheckoutAvailability' ? 'checkout' : 'browse'}-availability`,
      status,
      startsAt: iso(injectedMs + 8_900),
      ...(status === 'resolved' ? { endsAt: iso(receivedMs - 700) } : {}),
      receivedAt: iso(receivedMs),
    },
  });
  const phase = (
    name: 'control' | 'inject' | 'watch' | 'heal' | 'drain' | 'settle' | 'evidence' | 'check',
    ms: number,
  ): Unnumbered => ({
    at: iso(ms),
    type: 'phase',
    phase: name,
  });
  const events: Unnumbered[] = [
    { at: iso(fixtureStart), type: 'planned', run: 'fixture', target: 'shop', commit: 'c0ffee0', plan },
    { at: iso(loadFromMs - 600), type: 'lab-ready', labId: '0a1b2c3d-l1', started: true, tookMs: 8_400 },
    { at: iso(loadFromMs), type: 'load-started', startedAtMs: loadFromMs },
    phase('control', loadFromMs + 2),
    ...witness('before', injectedMs - 2_000, { answered: 20 }),
    phase('inject', injectedMs - 40),
    ...effects.map(
      ({ action, undo }): Unnumbered => ({
        at: iso(injectedMs - 20),
        type: 'intent',
        epoch: 1,
        fault: 'drop',
        action,
        undo,
      }),
    ),
    ...effects.map(
      ({ action }, index): Unnumbered => ({
        at: iso(injectedMs + 4 + index),
        type: 'applied',
        fault: 'drop',
        action,
        tookMs: 4,
      }),
    ),
    phase('watch', injectedMs + 10),
    ...witness('during', injectedMs + 3_000, { 'timed-out': 10 }),
    {
      at: iso(injectedMs + 8_600),
      type: 'alert',
      alert: 'CheckoutAvailability',
      severity: 'page',
      state: 'firing',
    },
    notification('CheckoutAvailability', 'page', 'firing', injectedMs + 9_310),
    notification('BrowseAvailability', 'page', 'firing', injectedMs + 6_020),
    phase('heal', healedMs - 30),
    { at: iso(healedMs), type: 'healed', fault: 'drop', undo: effects[0]!.undo, tookMs: 12, by: 'guardian' },
    ...witness('after', healedMs + 2_000, { answered: 20 }),
    { at: iso(loadToMs), type: 'load-stopped', sent: 0, late: 0, dropped: 0, retried: 0 },
    phase('drain', loadToMs + 1),
    notification('BrowseAvailability', 'page', 'resolved', loadToMs - 26_000),
    notification('CheckoutAvailability', 'page', 'resolved', loadToMs - 25_000),
    phase('settle', loadToMs + 400),
    phase('evidence', loadToMs + 6_000),
    { at: iso(loadToMs + 6_900), type: 'evidence', pieces: [] },
    phase('check', loadToMs + 7_000),
  ];
  for (let ms = loadFromMs; ms < loadToMs; ms += 5_000) {
    events.push({ at: iso(ms + 11), type: 'watchdog', lastHeartbeatAt: iso(ms - 1_200), silentMs: 1_211 });
    events.push({ at: iso(ms + 12), type: 'log-rules', lastEvaluationAt: iso(ms - 2_300), silentMs: 2_312 });
  }
  return events
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
    .map((event, seq): JournalEvent => ({ seq, ...event }) as JournalEvent);
}

function witness(
  stage: WitnessReading['stage'],
  ms: number,
  touched: WitnessReading['outcomes'],
): Unnumbered[] {
  const reading = (
    partial: Pick<WitnessReading, 'target' | 'role' | 'connection' | 'outcomes'>,
  ): Unnumbered => ({
    at: new Date(ms).toISOString(),
    type: 'witness',
    fault: 'drop',
    reading: {
      stage,
      kind: 'edge',
      ...partial,
      ...('answered' in partial.outcomes ? { p50Ms: 0.4, p99Ms: 1.1 } : {}),
      ...(partial.connection === 'new' ? { connected: 10, others: 3 } : {}),
    },
  });
  const old: WitnessReading['outcomes'] = stage === 'after' ? { closed: 4 } : touched;
  return [
    reading({ target: 'api-1:pg-1', role: 'touched', connection: 'new', outcomes: touched }),
    reading({ target: 'api-1:pg-1', role: 'touched', connection: 'old', outcomes: old }),
    reading({ target: 'api-1:payment-1', role: 'untouched', connection: 'new', outcomes: { answered: 20 } }),
    reading({ target: 'api-1:payment-1', role: 'untouched', connection: 'old', outcomes: { answered: 20 } }),
  ];
}
