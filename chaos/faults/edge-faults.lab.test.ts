import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WitnessReading } from '../journal/event.ts';
import { bandwidth } from './bandwidth.ts';
import { drop } from './drop.ts';
import type { Fault } from './fault.ts';
import { latency } from './latency.ts';
import { refuse } from './refuse.ts';
import { stall } from './stall.ts';
import { type Judged, type ProxiedPair, startProxiedPair } from './testing/proxied-pair.ts';

type Read = (stage: WitnessReading['stage'], connection: 'new' | 'old') => WitnessReading | undefined;

interface EdgeFault {
  readonly fault: Fault;
  readonly params: unknown;
  /** What tells this fault from the others, on the edge that it touches. */
  readonly nature: string;
  readonly shows: (read: Read) => void;
}

const edgeFaults: readonly EdgeFault[] = [
  {
    fault: drop as Fault,
    params: {},
    nature: 'answers nothing on new and old connections, and closes the old one at the heal',
    shows: (read) => {
      expect(read('during', 'new')?.outcomes).toEqual({ 'timed-out': expect.any(Number) });
      expect(read('during', 'old')?.outcomes).toEqual({ 'timed-out': expect.any(Number) });
      expect(read('after', 'old')).toBeDefined();
      expect(read('after', 'old')?.outcomes.answered ?? 0).toBe(0);
    },
  },
  {
    fault: stall as Fault,
    params: {},
    nature: 'answers on the old connection after the heal what it held',
    shows: (read) => {
      expect(read('during', 'old')?.outcomes).toEqual({ 'timed-out': expect.any(Number) });
      expect(read('after', 'old')?.outcomes).toEqual({ answered: 8 });
    },
  },
  {
    fault: refuse as Fault,
    params: {},
    nature: 'refuses new connections at once and closes the old one',
    shows: (read) => {
      expect(read('during', 'new')?.outcomes).toEqual({ refused: expect.any(Number) });
      expect(read('during', 'old')?.outcomes).toEqual({ closed: 1 });
    },
  },
  {
    fault: latency as Fault,
    params: { latencyMs: 80, jitterMs: 20 },
    nature: 'lengthens the round trip by what was ordered',
    shows: (read) => {
      const before = read('before', 'old')?.p50Ms ?? Number.NaN;
      const during = read('during', 'old')?.p50Ms ?? Number.NaN;
      expect(during - before).toBeGreaterThan(60);
      expect(during - before).toBeLessThan(130);
    },
  },
  {
    fault: bandwidth as Fault,
    params: { kilobytesPerSecond: 1 },
    nature: 'lengthens the round trip by the bytes that it brings back',
    shows: (read) => {
      const before = read('before', 'new')?.p50Ms ?? Number.NaN;
      const during = read('during', 'new')?.p50Ms ?? Number.NaN;
      // The head of a small answer is about 150 bytes.
      expect(during - before).toBeGreaterThan(80);
      expect(during - before).toBeLessThan(600);
    },
  },
];

let pair: ProxiedPair;
beforeAll(async () => {
  pair = await startProxiedPair();
});
afterAll(() => pair.close());

describe.each(edgeFaults)('$fault.name on a real proxy', ({ fault, params, nature, shows }) => {
  let seen: Judged;
  beforeAll(async () => {
    seen = await pair.judge(fault, params);
  });

  it('is confirmed by the witness', () => {
    expect(seen.figures.filter((figure) => figure.includes('want'))).toEqual([]);
    expect(seen.verdict).toBe('confirmed');
  });

  it(nature, () => {
    shows((stage, connection) =>
      seen.readings.find(
        (one) => one.stage === stage && one.connection === connection && one.role === 'touched',
      ),
    );
  });

  it('is a mismatch when it was never applied', async () => {
    const nothing = await pair.judge(fault, params, { forget: true });
    expect(nothing.verdict).toBe('mismatch');
  });
});
