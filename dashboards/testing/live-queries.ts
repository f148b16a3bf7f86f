import { nodeUrl } from '@firedrill/lab';
import type { Toxic } from '@firedrill/lab/control';
import { type SharedLab, sharedLab } from '@firedrill/lab/testing';
import { levelByNumber } from '@firedrill/topology';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { faultIn } from '../annotations.ts';
import { type DashboardQuery, dashboards, filled, queriesOf } from '../index.ts';
import { type LiveTraffic, liveTraffic } from '../live-traffic.ts';
import { openLabIncident } from './lab-incident.ts';

interface Answer {
  readonly status: 'success' | 'error';
  readonly error?: string;
  readonly data?: { readonly result: readonly object[] };
}

const path = { prometheus: '/api/v1/query', loki: '/loki/api/v1/query_range' } as const;

/** Of each series of an answer, the value; of a stream of lines, none. */
function numberOf(series: object): number | undefined {
  if ('value' in series && Array.isArray(series.value)) return Number(series.value[1]);
  if ('metric' in series && 'values' in series && Array.isArray(series.values))
    return Number(series.values.at(-1)[1]);
  return undefined;
}

/** Most of those who buy wait a little longer, and nobody fails. */
const slowed = 'api-1:payment-1';
const slow: Toxic = {
  name: 'dashboards-slow',
  type: 'latency',
  stream: 'upstream',
  toxicity: 1,
  attributes: { latency: 50, jitter: 0 },
};

/** Asks a lab under load, with a fault in and an incident behind it, every query whose row is due at the level; a board of one level, at its own only. */
export function askEveryQuery(level: number): void {
  let urls: Readonly<Record<DashboardQuery['source'], string>>;
  let traffic: LiveTraffic | undefined;
  let lab: SharedLab | undefined;

  const ask = async ({ source, expr }: DashboardQuery): Promise<Answer> => {
    const body = new URLSearchParams({ query: expr });
    const answer = await fetch(`${urls[source]}${path[source]}`, { method: 'POST', body });
    const text = await answer.text();
    if (!answer.ok && !text.startsWith('{')) throw new Error(`${answer.status} ${text}`);
    return JSON.parse(text) as Answer;
  };

  beforeAll(async () => {
    lab = await sharedLab(level);
    const { state, control } = lab;
    urls = { prometheus: nodeUrl(state, 'prometheus-1'), loki: nodeUrl(state, 'loki-1') };
    // Before there is load, which on a busy machine may page by itself.
    await openLabIncident(state);
    // What its rules and scrapes make of it comes while it goes on.
    traffic = await liveTraffic(state, levelByNumber(level), 3, async (send) => {
      await control.apply({ kind: 'toxic-add', edge: slowed, toxic: slow });
      send({ cmd: 'faults', in: [{ fault: 'latency 50 ms', on: slowed }] });
      send({ cmd: 'detected', seconds: 4 });
    });
  });

  afterAll(async () => {
    await traffic?.stop();
    await lab?.control.healAll();
  });

  const boards = dashboards.filter((board) => board.level === undefined || board.level.number === level);
  describe.each(boards)(`$uid on the live lab of level ${level}`, (dashboard) => {
    const due = queriesOf(dashboard).filter(({ fromLevel }) => fromLevel <= level);
    it.each(due)('$panel: $expr', async (query) => {
      const first = await ask(query);
      expect(first.error).toBeUndefined();
      expect(first.status).toBe('success');
      if (query.mayBeEmpty) return;
      // The budget's rules come every 15 s, and a scrape or two may be missed.
      await vi.waitFor(
        async () => {
          const { data } = await ask(query);
          expect(data?.result.length ?? 0).toBeGreaterThan(0);
          for (const series of data!.result) expect(numberOf(series)).not.toBeNaN();
        },
        { timeout: 90_000, interval: 200 },
      );
    });
  });

  it('shades the fault while it is in, and no longer', async () => {
    const query = { source: 'prometheus', expr: filled(faultIn.expr) } as const;
    const named = async () => (await ask(query as DashboardQuery)).data?.result;
    const patience = { timeout: 20_000, interval: 500 };
    await expect.poll(named, patience).toMatchObject([{ metric: { fault: 'latency 50 ms', on: slowed } }]);
    traffic!.send({ cmd: 'faults', in: [] });
    await expect.poll(named, patience).toEqual([]);
  });
}
