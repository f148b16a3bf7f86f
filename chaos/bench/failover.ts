import { setTimeout as pause } from 'node:timers/promises';
import { FiredrillError } from '@firedrill/errors';
import { databaseUrl, databaseUrlThrough, edgeUrl, type LabState, promote, stateNow } from '@firedrill/lab';
import { type Action, createControl, undoOf } from '@firedrill/lab/control';
import { levelByNumber } from '@firedrill/topology';
import pg from 'pg';
import { makePlan } from '../engine/plan.ts';
import { auditSourceOf } from '../evidence/audit-piece.ts';
import { findExperiment } from '../experiments/index.ts';
import { shop } from '../targets/shop.ts';
import { type Failover, type LossOfALeader, patienceSeconds } from './failover-result.ts';
import { OrderBuyer } from './order-buyer.ts';
import { OutageWriter } from './write-outage.ts';

const steadyMs = 3000;

/** What an experiment does to the first server, whose topology has it lead. */
async function actionsOf(level: number, loss: LossOfALeader): Promise<readonly Action[]> {
  const name = loss === 'kill' ? 'lose-primary' : 'partition-primary';
  const variant = loss === 'refuse' ? loss : undefined;
  const experiment = await findExperiment(name, '.');
  const plan = makePlan({ experiment, variant, topology: levelByNumber(level), seed: 1, clock: 'drill' });
  return plan.faults.flatMap(({ effects }) => effects.map(({ action }) => action));
}

async function asShop<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}

async function within(seconds: number, condition: () => Promise<boolean>): Promise<boolean> {
  const end = performance.now() + 1000 * seconds;
  while (!(await condition().catch(() => false))) {
    if (performance.now() > end) return false;
    await pause(100);
  }
  return true;
}

async function until(what: string, seconds: number, condition: () => Promise<boolean>): Promise<void> {
  if (!(await within(seconds, condition)))
    throw new FiredrillError('internal', `not within ${seconds} s: ${what}`);
}

/** How long a heal took, or why it did not come to its end. */
type Back = Pick<Failover, 'backSeconds' | 'notBack'>;

/**
 * Takes the leader of a running lab away, as an experiment does, and measures how long nobody's write is acknowledged. Afterwards
 * the lab is whole again and its first server leads, unless the lost one did not come back: what was measured until then stands.
 */
export async function measureFailover(lab: LabState, loss: LossOfALeader): Promise<Failover> {
  const control = createControl(lab);
  const first = lab.primary;
  await asShop(databaseUrl(lab), (client) =>
    client.query('CREATE TABLE IF NOT EXISTS outage (id int PRIMARY KEY); TRUNCATE outage'),
  );
  const writer = new OutageWriter(databaseUrlThrough(lab, 'api-1:pgbouncer-1'));
  const buyer = new OrderBuyer(edgeUrl(lab, 'client-1:edge-1'));
  writer.start();
  buyer.start();
  let isWhole = true;
  try {
    await until('it writes', 20, async () => writer.acknowledged.length > 40);
    await until('somebody buys', 20, async () => buyer.acknowledged.length > 4);
    const actions = await actionsOf(lab.level, loss);
    const from = performance.now();
    for (const action of actions) await control.apply(action);
    const tookOver = await within(patienceSeconds, async () => {
      // Asked first: one who is cut off does not answer for a second.
      const { primary } = await stateNow(lab);
      const last = writer.acknowledged.at(-1)?.at ?? 0;
      return primary !== first && performance.now() - last < 500;
    });
    await pause(steadyMs);
    await Promise.all([writer.stop(), buyer.stop()]);
    const heal = async (): Promise<Back> => {
      const healing = performance.now();
      try {
        for (const action of actions.toReversed()) await control.undo(undoOf(action));
        await control.healAll();
      } catch (error) {
        if (!(error instanceof FiredrillError) || error.code !== 'heal-failed') throw error;
        isWhole = false;
        return { backSeconds: null, notBack: error.message };
      }
      return { backSeconds: Math.round((performance.now() - healing) / 100) / 10 };
    };
    // Where nobody leads there are no books to read before it.
    const early = tookOver ? undefined : await heal();
    const { primary: leader } = await stateNow(lab);
    const kept = new Set(
      await asShop(databaseUrl(lab, leader), async (client) =>
        (await client.query<{ id: number }>('SELECT id FROM outage')).rows.map(({ id }) => id),
      ),
    );
    const books = await shop.audit(await auditSourceOf(lab));
    const orders = new Set(books.orders.map(({ id }) => id));
    const back = early ?? (await heal());
    return {
      timers: lab.timers ?? 'supported',
      loss,
      outageSeconds: tookOver ? Math.round(writer.longestGapMs(from) / 100) / 10 : null,
      leader,
      acknowledged: writer.acknowledged.length,
      lost: writer.acknowledged.filter(({ id }) => !kept.has(id)).length,
      orders: buyer.acknowledged.length,
      ordersLost: buyer.acknowledged.filter((id) => !orders.has(id)).length,
      ...back,
    };
  } finally {
    await Promise.all([writer.stop(), buyer.stop()]);
    if (isWhole) {
      await control.healAll();
      if ((await stateNow(lab)).primary !== first) await promote(lab, first);
    }
  }
}
