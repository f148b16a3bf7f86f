import { nodeUrl } from '@firedrill/lab';
import { sharedLab } from '@firedrill/lab/testing';
import { levelByNumber } from '@firedrill/topology';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dashboards, queriesOf } from '../index.ts';
import { type LiveTraffic, liveTraffic } from '../live-traffic.ts';

interface Answer {
  readonly status: 'success' | 'error';
  readonly error?: string;
  readonly data?: { readonly result: readonly { readonly value: readonly [number, string] }[] };
}

/** Asks a lab under load every query whose row is due at the level. */
export function askEveryQuery(level: number): void {
  let prometheus: string;
  let traffic: LiveTraffic | undefined;

  const ask = async (query: string): Promise<Answer> => {
    const body = new URLSearchParams({ query });
    return (await (await fetch(`${prometheus}/api/v1/query`, { method: 'POST', body })).json()) as Answer;
  };

  beforeAll(async () => {
    const { state } = await sharedLab(level);
    prometheus = nodeUrl(state, 'prometheus-1');
    // The budget's rules come every 15 s.
    traffic = await liveTraffic(state, levelByNumber(level), 20);
  });

  afterAll(() => traffic?.stop());

  describe.each(dashboards)(`$uid on the live lab of level ${level}`, (dashboard) => {
    const due = queriesOf(dashboard).filter(({ fromLevel }) => fromLevel <= level);
    it.each(due)('$panel: $expr', async ({ expr, mayBeEmpty }) => {
      const answer = await ask(expr);
      expect(answer.error).toBeUndefined();
      expect(answer.status).toBe('success');
      if (mayBeEmpty) return;
      expect(answer.data!.result.length).toBeGreaterThan(0);
      for (const { value } of answer.data!.result) expect(Number(value[1])).not.toBeNaN();
    });
  });
}
