import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WitnessReading } from '../journal/event.ts';
import { bandwidth } from './bandwidth.ts';
import { connectHang } from './connect-hang.ts';
import { cut } from './cut.ts';
import { drop } from './drop.ts';
import type { Fault } from './fault.ts';
import { latency } from './latency.ts';
import { refuse } from './refuse.ts';
import { reset } from './reset.ts';
import { slowClose } from './slow-close.ts';
import { stall } from './stall.ts';
import {
  type Judged,
  type JudgeOptions,
  type ProxiedPair,
  startProxiedPair,
} from './testing/proxied-pair.ts';

type Read = (
  stage: WitnessReading['stage'],
  connection: WitnessReading['connection'],
) => WitnessReading | undefined;

interface EdgeFault {
  readonly fault: Fault;
  readonly params: unknown;
  readonly options?: JudgeOptions;
  /** What tells this fault from the others, on the edge that it touches. */
  readonly nature: string;
  readonly shows: (read: Read) => void;
}

const some = expect.any(Number);
const grown = (read: Read, figure: 'p50Ms' | 'closeP50Ms', connection: 'new' | 'old'): number =>
  (read('during', connection)?.[figure] ?? Number.NaN) - (read('before', connection)?.[figure] ?? Number.NaN);

/** What is only late must not look lost. */
const patient: JudgeOptions = { deadlineMs: 5000 };

const edgeFaults: readonly EdgeFault[] = [
  {
    fault: drop as Fault,
    params: {},
    nature: 'takes connections, answers nothing on new and old ones, and closes the old one at the heal',
    shows: (read) => {
      expect(read('during', 'new')?.outcomes).toEqual({ 'timed-out': some });
      expect(read('during', 'new')?.connected).toBeGreaterThan(0);
      expect(read('during', 'old')?.outcomes).toEqual({ 'timed-out': some });
      expect(read('after', 'old')).toBeDefined();
      expect(read('after', 'old')?.outcomes.answered ?? 0).toBe(0);
    },
  },
  {
    fault: cut as Fault,
    params: {},
    options: { way: 'there' },
    nature: 'loses the question: the other side hears nothing, and does not hang up',
    shows: (read) => {
      expect(read('during', 'new')?.outcomes).toEqual({ 'timed-out': some });
      expect(read('during', 'hang-up')?.outcomes).toEqual({ 'timed-out': some });
    },
  },
  {
    fault: cut as Fault,
    params: {},
    options: { way: 'back' },
    nature: 'loses the answer: the other side hears the question, and its hang-up comes back',
    shows: (read) => {
      expect(read('during', 'new')?.outcomes).toEqual({ 'timed-out': some });
      const { closed = 0, 'timed-out': late = 0, ...others } = read('during', 'hang-up')?.outcomes ?? {};
      expect({ closed: closed > late, others }).toEqual({ closed: true, others: {} });
    },
  },
  {
    fault: stall as Fault,
    params: {},
    nature: 'answers on the old connection after the heal what it held',
    shows: (read) => {
      expect(read('during', 'old')?.outcomes).toEqual({ 'timed-out': some });
      const { answered = 0, 'timed-out': late = 0, ...others } = read('after', 'old')?.outcomes ?? {};
      expect({ answered: answered > late, others }).toEqual({ answered: true, others: {} });
    },
  },
  {
    fault: refuse as Fault,
    params: {},
    options: patient,
    nature: 'refuses new connections at once and closes the old one',
    shows: (read) => {
      expect(read('during', 'new')?.outcomes).toEqual({ refused: some });
      expect(read('during', 'old')?.outcomes).toEqual({ closed: 1 });
    },
  },
  {
    fault: reset as Fault,
    params: {},
    options: patient,
    nature: 'takes new connections and resets them',
    shows: (read) => {
      expect(read('during', 'new')?.outcomes).toEqual({ reset: some });
      expect(read('during', 'new')?.connected).toBeGreaterThan(0);
      expect(read('during', 'old')?.outcomes.answered ?? 0).toBe(0);
    },
  },
  {
    fault: connectHang as Fault,
    params: {},
    nature: 'neither takes nor refuses a connection',
    shows: (read) => {
      expect(read('during', 'new')?.outcomes).toEqual({ 'timed-out': some });
      expect(read('during', 'new')?.connected).toBe(0);
      expect(read('during', 'new')?.sentBytes).toBe(0);
    },
  },
  {
    fault: latency as Fault,
    // Longer than what a busy machine adds by itself.
    params: { latencyMs: 400, jitterMs: 100 },
    options: patient,
    nature: 'lengthens the round trip by what was ordered, and not the connecting',
    shows: (read) => {
      expect(grown(read, 'p50Ms', 'old')).toBeGreaterThan(300);
      expect(grown(read, 'p50Ms', 'old')).toBeLessThan(650);
      expect(read('during', 'new')?.connectP50Ms).toBeLessThan(200);
    },
  },
  {
    fault: latency as Fault,
    params: { latencyMs: 300, driftMs: 100 },
    options: patient,
    nature: 'drifts as the seed says',
    shows: (read) => {
      expect(grown(read, 'p50Ms', 'old')).toBeGreaterThan(150);
      expect(grown(read, 'p50Ms', 'old')).toBeLessThan(550);
    },
  },
  {
    fault: bandwidth as Fault,
    params: { kilobytesPerSecond: 1 },
    options: patient,
    nature: 'lengthens the round trip by the bytes that it brings back',
    shows: (read) => {
      // The head of a small answer is about 150 bytes.
      expect(grown(read, 'p50Ms', 'new')).toBeGreaterThan(80);
      expect(grown(read, 'p50Ms', 'new')).toBeLessThan(600);
    },
  },
  {
    fault: slowClose as Fault,
    params: { delayMs: 600 },
    options: patient,
    nature: 'delays the close, and not the answer',
    shows: (read) => {
      expect(grown(read, 'closeP50Ms', 'new')).toBeGreaterThan(500);
      expect(grown(read, 'closeP50Ms', 'new')).toBeLessThan(800);
      expect(grown(read, 'p50Ms', 'new')).toBeLessThan(400);
    },
  },
];

/** Most of a judgement is waiting: so many go on at once, each on a proxy of its own. */
const lanes = 2;
const pairs: ProxiedPair[] = [];
let judged: readonly Promise<{ readonly seen: Judged; readonly nothing: Judged }>[];

beforeAll(async () => {
  for (let lane = 0; lane < lanes; lane += 1) pairs.push(await startProxiedPair());
  const last: Promise<unknown>[] = pairs.map(() => Promise.resolve());
  judged = edgeFaults.map(({ fault, params, options }, index) => {
    const lane = index % lanes;
    const both = last[lane]!.then(async () => ({
      seen: await pairs[lane]!.judge(fault, params, options),
      nothing: await pairs[lane]!.judge(fault, params, { ...options, forget: true, duringMs: 800 }),
    }));
    last[lane] = both.catch(() => {});
    return both;
  });
});
afterAll(() => Promise.all(pairs.map((pair) => pair.close())));

describe.each(edgeFaults.map((one, index) => ({ ...one, index })))(
  '$fault.name on a real proxy',
  ({ nature, shows, index }) => {
    it('is confirmed by the witness', async () => {
      const { seen } = await judged[index]!;
      expect(seen.failed).toEqual([]);
      expect(seen.verdict).toBe('confirmed');
    });

    it(nature, async () => {
      const { seen } = await judged[index]!;
      shows((stage, connection) =>
        seen.readings.find(
          (reading) =>
            reading.stage === stage && reading.connection === connection && reading.role === 'touched',
        ),
      );
    });

    it('is a mismatch when it was never applied', async () => {
      const { nothing } = await judged[index]!;
      expect(nothing.verdict).toBe('mismatch');
    });
  },
);

it('is confirmed where users come now and then, and none in the moment before', async () => {
  await Promise.all(judged);
  const { failed } = await pairs[0]!.judge(refuse as Fault, {}, { ...patient, use: 'rare' });
  expect(failed).toEqual([]);
});

it('a fault on an edge that nobody uses is not confirmed', async () => {
  const unused = await startProxiedPair();
  pairs.push(unused);
  const { verdict, failed } = await unused.judge(drop as Fault, {}, { use: 'none' });
  expect(verdict).toBe('inconclusive');
  expect(failed).toEqual([expect.stringContaining('asked the edge in use by its source, saw 0')]);
});
