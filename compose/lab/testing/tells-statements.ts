import { expect, it } from 'vitest';
import { edgeUrl } from '../addresses.ts';
import { compareSnapshots } from '../queries/compare.ts';
import { queriesTable } from '../queries/queries-table.ts';
import { readStatements } from '../queries/read-snapshot.ts';
import { sale } from './buy.ts';
import { eventually } from './eventually.ts';
import { sharedLab } from './shared-lab.ts';

/** `pnpm lab queries` of a level: an order's statements are counted on the server that took them. */
export function expectStatements(level: number): void {
  it('tells which statements an order took, how often and where, since the look before', async () => {
    const { state } = await sharedLab(level);
    const before = await readStatements(state);
    await sale(edgeUrl(state, 'client-1:edge-1'));
    const report = await eventually('the order is among the statements', async () => {
      const since = compareSnapshots(await readStatements(state), before);
      return since.rows.some(({ query }) => /insert into customer_order/i.test(query)) ? since : undefined;
    });
    const row = report.rows.find(({ query }) => /insert into customer_order/i.test(query));
    expect(row?.calls).toBeGreaterThanOrEqual(1);
    expect(row?.servers).toEqual({ 'pg-1': row?.calls });
    expect(report.since).toBe(before.at);
    expect(row?.planned?.shape).toContain('Insert customer_order > ');
    expect(queriesTable(report, 100)).toMatch(/insert into customer_order/i);
    // However their constants are written.
    const plannable = report.rows.filter(({ query }) =>
      /^\s*(with|select|insert|update|delete)\b/i.test(query),
    );
    expect(plannable.filter(({ planned }) => planned === null).map(({ query }) => query)).toEqual([]);
  });
}
