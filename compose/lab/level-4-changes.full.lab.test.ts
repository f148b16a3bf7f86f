import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readCluster } from './patroni/cluster.ts';
import { stateNow } from './patroni/state-now.ts';
import {
  edgesAround,
  newLeader,
  synchronousStandby,
  untilItFollows,
  untilNothingIsChanged,
} from './patroni/testing/agreement.ts';
import { promote } from './promote/promote.ts';
import { idsOn, insert, makeProbeTable, session } from './promote/testing/sessions.ts';
import { freshId, whoWrites } from './promote/testing/writer.ts';
import { readServer } from './replication/read-server.ts';
import { eventually } from './testing/eventually.ts';
import { type SharedLab, sharedLab } from './testing/shared-lab.ts';

const pool = 'pgbouncer-1';
const first = 'pg-1';
const servers = ['pg-1', 'pg-2', 'pg-3'];

let lab: SharedLab;
beforeAll(async () => {
  lab = await sharedLab(4);
  await makeProbeTable(lab.state, first);
});
afterEach(() => lab.control.healAll());

it('when the leader goes by kill -9, its synchronous standby takes over with all that was acknowledged, and it comes back as a standby', async () => {
  const before = (await stateNow(lab.state)).promotions.length;
  const heir = await synchronousStandby(lab.state);
  const writer = await whoWrites(lab.state, pool);
  await lab.control.apply({ kind: 'node-kill', node: first });
  expect(await newLeader(lab.state, pool, first)).toBe(heir);
  await writer.stop();
  const kept = await idsOn(lab.state, heir);
  expect(writer.acknowledged.filter(({ id }) => !kept.has(id))).toEqual([]);

  // The new leader writes its history down at its next look.
  const after = await eventually('the change is in the history', async () => {
    const now = await stateNow(lab.state);
    return now.promotions.length > before ? now : undefined;
  });
  expect(after.primary).toBe(heir);
  expect(after.promotions.slice(before)).toMatchObject([{ from: first, to: heir }]);

  await lab.control.undo({ kind: 'node-start', node: first });
  await untilItFollows(lab.state, first, heir);
  await promote(lab.state, first);
});

it('when the leader is isolated with its clients, it gives up its place, and their old sessions get no write acknowledged', async () => {
  const old = await session(lab.state, first);
  const writer = await whoWrites(lab.state, first);
  for (const edge of edgesAround(first, servers)) await lab.control.apply({ kind: 'edge-disable', edge });
  await eventually('it takes no writes any more', async () =>
    (await readServer(lab.state, first))?.role === 'standby' ? true : undefined,
  );
  const heard = writer.acknowledged.length;
  await expect(insert(old, freshId())).rejects.toThrow();
  const leader = await newLeader(lab.state, pool, first);
  await writer.stop();
  expect(writer.acknowledged.slice(heard)).toEqual([]);

  await lab.control.healAll();
  await untilItFollows(lab.state, first, leader);
  const kept = await idsOn(lab.state, leader);
  expect(writer.acknowledged.filter(({ id }) => !kept.has(id))).toEqual([]);
  old.end().catch(() => {});
  await promote(lab.state, first);
});

describe('promote', () => {
  it('hands over to any standby without losing a write, and back', async () => {
    const writer = await whoWrites(lab.state, pool);
    // The one that confirms nothing yet, so that it must do so first.
    const sync = await synchronousStandby(lab.state);
    const target = servers.find((node) => node !== first && node !== sync) ?? '';
    const steps: string[] = [];
    const promotion = await promote(lab.state, target, {
      onStep: (progress) => {
        if (progress.type === 'done') steps.push(progress.step.kind);
      },
    });
    expect(steps).toEqual(['confirm', 'switch-over']);
    expect(promotion).toMatchObject({ from: first, to: target });
    // Whoever loses this leader right away is helped, too.
    const roles = (await readCluster(lab.state))?.members.map(({ role }) => role);
    expect(roles).toContain('synchronous');
    expect(await newLeader(lab.state, pool, first)).toBe(target);
    await writer.stop();
    const kept = await idsOn(lab.state, target);
    expect(writer.acknowledged.filter(({ id }) => !kept.has(id))).toEqual([]);
    await lab.control.healAll();
    expect(await promote(lab.state, first)).toMatchObject({ from: target, to: first });
    await untilNothingIsChanged(lab.state, first);
  });

  it('is refused for the leader and for a standby that does not stream, and says what to do', async () => {
    await expect(promote(lab.state, first)).rejects.toMatchObject({ code: 'promotion-refused' });
    await lab.control.apply({ kind: 'node-kill', node: 'pg-3' });
    await eventually('Patroni has seen it', async () => {
      const refusal = await promote(lab.state, 'pg-3').catch((error: unknown) => error);
      const { message, fix } = refusal as { message: string; fix: string };
      return /pg-3 does not stream from pg-1/.test(message) && /promote pg-2 --level 4/.test(fix)
        ? true
        : undefined;
    });
  });
});
