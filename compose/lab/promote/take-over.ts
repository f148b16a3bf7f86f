import { rmSync } from 'node:fs';
import type pg from 'pg';
import { asSuperuser } from '../replication/admin-connection.ts';
import { standbyPath } from '../replication/follow.ts';
import { readServer } from '../replication/read-server.ts';
import type { LabState } from '../state.ts';
import { known, learn, unfinished } from './promote-parts.ts';

const waitSeconds = 15;
const deadlineMs = 20_000;

/** Makes the standby a primary and takes the first durable write of its timeline. */
export async function takeOver(state: LabState, node: string): Promise<string> {
  // From here on its data alone says what it is: until it is promoted it still comes up as a standby.
  rmSync(standbyPath(state, node), { force: true });
  await asSuperuser(
    state,
    node,
    async (client) => {
      if (await isStandby(client)) await client.query('SELECT pg_promote(true, $1)', [waitSeconds]);
      if (await isStandby(client)) throw unfinished(`${node} was not promoted within ${waitSeconds} s`);
      await client.query("SELECT pg_logical_emit_message(true, 'firedrill', 'promoted')");
    },
    deadlineMs,
  );
  const promotedAt = new Date().toISOString();
  // As patient as before: the same call would have to begin anew only because the machine stalled for a second.
  const timeline = (await readServer(state, node, deadlineMs))?.timeline;
  if (timeline === undefined) throw unfinished(`${node} does not answer after its promotion`);
  learn(state, { promotedAt: known(state).promotedAt ?? promotedAt, timeline });
  return `timeline ${timeline}`;
}

async function isStandby(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ standby: boolean }>('SELECT pg_is_in_recovery() AS standby');
  return rows[0]?.standby === true;
}
