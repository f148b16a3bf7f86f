import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logPath } from '../addresses.ts';
import { processesOfNode } from '../control/lab-processes.ts';
import { readLabState } from '../control/lab-state-file.ts';
import { currentPrimary } from '../replication/joined.ts';
import { readServer } from '../replication/read-server.ts';
import { serversOf } from '../replication/servers.ts';
import { eventually } from '../testing/eventually.ts';
import { type SharedLab, sharedLab } from '../testing/shared-lab.ts';
import { readPending } from './pending.ts';
import { promote } from './promote.ts';
import { idsOn, inSession, insert, makeProbeTable, probeTable, session } from './testing/sessions.ts';
import { expectOnePrimary } from './testing/settled.ts';
import { freshId, startWriter } from './testing/writer.ts';

const pool = 'pgbouncer-1';
const first = 'pg-1';

let lab: SharedLab;
beforeAll(async () => {
  lab = await sharedLab(3);
  await makeProbeTable(lab.state, currentPrimary(lab.state));
});
afterAll(async () => {
  await lab.control.healAll();
  if (currentPrimary(lab.state) !== first) await promote(lab.state, first);
  await lab.control.healAll();
  await expectOnePrimary(lab.state, first);
  await inSession(lab.state, first, (client) => client.query(`DROP TABLE ${probeTable}`));
});

/** No session that reaches this server, old or new, gets a write through. */
const expectNoWrite = async (node: string) => {
  await expect(inSession(lab.state, node, (client) => insert(client, freshId()))).rejects.toThrow();
};

describe('promote', () => {
  it('switches from a living primary without losing a write, and no old session writes afterwards', async () => {
    const throughPool = startWriter(lab.state, pool);
    const direct = startWriter(lab.state, first);
    const idle = await session(lab.state, first);
    const open = await session(lab.state, first);
    const uncommitted = freshId();
    await open.query('BEGIN');
    await insert(open, uncommitted);
    await eventually('both write', async () =>
      throughPool.acknowledged.length > 5 && direct.acknowledged.length > 5 ? true : undefined,
    );

    const steps: string[] = [];
    const promotion = await promote(lab.state, 'pg-2', {
      onStep: (progress) => {
        if (progress.type === 'done') steps.push(progress.step.kind);
      },
    });
    expect(promotion).toMatchObject({ from: first, to: 'pg-2' });
    expect(Date.parse(promotion.fencedAt)).toBeLessThanOrEqual(Date.parse(promotion.promotedAt));
    expect(steps).toEqual([
      ...['fence', 'catch-up', 'keep-wal', 'promote', 'point-pool', 'follow', 'record', 'start-again'],
    ]);
    expect(readLabState(lab.state.home)?.promotions.at(-1)).toEqual(promotion);

    const promotedAt = Date.parse(promotion.promotedAt);
    await eventually('the pool writes to the new primary', async () =>
      throughPool.acknowledged.some(({ at }) => at > promotedAt) ? true : undefined,
    );
    await throughPool.stop();
    await direct.stop();
    // Whoever went on writing straight at the old primary got nothing acknowledged after the fence.
    const fencedAt = Date.parse(promotion.fencedAt);
    expect(direct.acknowledged.filter(({ writtenAt }) => writtenAt > fencedAt)).toEqual([]);
    await expect(insert(idle, freshId())).rejects.toThrow();
    await expect(open.query('COMMIT')).rejects.toThrow();

    await expectOnePrimary(lab.state, 'pg-2');
    await expectNoWrite(first);
    await expectNoWrite('pg-3');
    const kept = await idsOn(lab.state, 'pg-2');
    const missing = [...throughPool.acknowledged, ...direct.acknowledged].filter(({ id }) => !kept.has(id));
    expect(missing).toEqual([]);
    expect(kept.has(uncommitted)).toBe(false);
    await eventually('it tells its timeline', async () => {
      expect((await readServer(lab.state, 'pg-2'))?.timeline).toBe(promotion.timeline);
      return true;
    });
  });

  it('loses at most the lag when the primary was lost, and takes the old one back without what diverged', async () => {
    const behind = 'pg-3';
    const lines = (node: string) => readFileSync(logPath(lab.state, node), 'utf8');
    const told: Record<string, number> = {
      [first]: lines(first).length,
      'pg-2': lines('pg-2').length,
    };
    await inSession(lab.state, 'pg-2', (client) => insert(client, freshId()));
    await lab.control.apply({ kind: 'edge-disable', edge: `${behind}:pg-2` });
    const writer = startWriter(lab.state, pool);
    await eventually('writes that the standby misses', async () =>
      writer.acknowledged.length > 20 ? true : undefined,
    );
    await lab.control.apply({ kind: 'node-kill', node: 'pg-2' });
    await writer.stop();
    await expect(promote(lab.state, behind)).rejects.toMatchObject({
      code: 'promotion-refused',
      message: expect.stringMatching(/pg-1 has \d+ k?B more, which would be lost/),
      better: first,
    });
    expect(readPending(lab.state.home)).toBeUndefined(); // and nobody was touched
    const promotion = await promote(lab.state, behind, { force: true });
    expect(processesOfNode(lab.state, 'pg-2')).toEqual([]); // a lost machine is not brought back by it

    const kept = await idsOn(lab.state, behind);
    const missing = writer.acknowledged.filter(({ id }) => !kept.has(id));
    expect(missing.length).toBeGreaterThan(20);
    const lastReplayedAt = Date.parse(promotion.lastReplayedAt ?? '');
    expect(missing.filter(({ at }) => at < lastReplayedAt)).toEqual([]);

    await lab.control.undo({ kind: 'edge-restore', edge: `${behind}:pg-2` });
    await lab.control.undo({ kind: 'node-start', node: 'pg-2' });
    await expectOnePrimary(lab.state, behind);
    for (const node of serversOf(lab.state)) {
      const seen = await idsOn(lab.state, node);
      expect(missing.filter(({ id }) => seen.has(id))).toEqual([]);
    }
    const said = (node: string) => lines(node).slice(told[node]);
    await eventually('it says what it threw away, and that it synced nothing', async () => {
      const thrown = /threw away (\d+) bytes of WAL/.exec(said('pg-2'))?.[1];
      expect(Number(thrown), said('pg-2')).toBeGreaterThan(1000);
      // Its recovery syncs nothing, for that would hold up the commits of those who serve; from when it is up it does.
      expect(said('pg-2')).toMatch(/checkpoint complete: .* sync files=0,/);
      return true;
    });
    for (const node of serversOf(lab.state)) {
      const synced = () => inSession(lab.state, node, (client) => client.query('SHOW fsync'));
      await eventually(`${node} syncs`, async () =>
        (await synced()).rows[0]?.fsync === 'on' ? true : undefined,
      );
    }
    // pg-1 had more than the new primary ever will: it was copied anew.
    expect(said(first)).toContain('copied from the upstream');
  });

  it('fences a primary that hangs, and goes back to where it was', async () => {
    const hanging = processesOfNode(lab.state, 'pg-3');
    for (const { pid } of hanging) process.kill(pid, 'SIGSTOP');
    await promote(lab.state, first);
    for (const { pid, startTime } of hanging) {
      const alive = processesOfNode(lab.state, 'pg-3').some(
        (one) => one.pid === pid && one.startTime === startTime,
      );
      expect(alive).toBe(false);
    }
    await expectOnePrimary(lab.state, first);
  });
});

describe('promote refuses', () => {
  it('a server that is not there, the primary, and a standby that does not answer', async () => {
    await expect(promote(lab.state, 'pg-9')).rejects.toMatchObject({ code: 'usage', exitCode: 64 });
    const refused = { code: 'promotion-refused', exitCode: 64 };
    await expect(promote(lab.state, first)).rejects.toMatchObject(refused);
    await lab.control.apply({ kind: 'node-kill', node: 'pg-3' });
    await expect(promote(lab.state, 'pg-3')).rejects.toMatchObject({
      ...refused,
      message: 'pg-3 does not answer',
    });
    await lab.control.undo({ kind: 'node-start', node: 'pg-3' });
    await expectOnePrimary(lab.state, first); // and nobody was touched
  });
});
