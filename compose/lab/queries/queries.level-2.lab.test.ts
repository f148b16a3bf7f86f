import { expect, it } from 'vitest';
import { edgeUrl } from '../addresses.ts';
import { sale } from '../testing/buy.ts';
import { eventually } from '../testing/eventually.ts';
import { sharedLab } from '../testing/shared-lab.ts';
import { compareSnapshots } from './compare.ts';
import { queriesTable } from './queries-table.ts';
import { readStatements } from './read-snapshot.ts';

it('tells which statements an order took, how often and where, since the look before', async () => {
  const { state } = await sharedLab(2);
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
  expect(queriesTable(report, 100)).toMatch(/insert into customer_order/i);
});
