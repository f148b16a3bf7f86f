import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LabState } from '../state.ts';
import { loopbackHosts } from '../wiring/hosts.ts';
import { rejoinFile, standbyConf, standbyFile } from '../wiring/replication.ts';
import { asSuperuser } from './admin-connection.ts';

const nodePath = (state: Pick<LabState, 'home'>, node: string, file: string): string =>
  join(state.home, node, file);

/** Where a server's `standby.conf` lies; without it the server comes up as its data says. */
export const standbyPath = (state: Pick<LabState, 'home'>, node: string): string =>
  nodePath(state, node, standbyFile);

/** From its next start on `node` is a standby of `upstream`, or does not come up. @returns whether it was not before. */
export function markStandby(state: LabState, node: string, upstream: string): boolean {
  const path = standbyPath(state, node);
  const wanted = standbyConf(state, loopbackHosts, node, upstream);
  if (contentOf(path) === wanted) return false;
  writeFileSync(`${path}.new`, wanted, { mode: 0o600 });
  renameSync(`${path}.new`, path);
  return true;
}

/** The same, and a standby that runs changes its upstream at once. */
export async function follow(state: LabState, node: string, upstream: string): Promise<void> {
  if (!markStandby(state, node, upstream)) return;
  const reload = asSuperuser(state, node, (client) => client.query('SELECT pg_reload_conf()'));
  await reload.catch(() => {}); // one that is down reads it when it starts
}

/** At its next start `node` is copied anew from its upstream. */
export function markRejoin(state: LabState, node: string): void {
  writeFileSync(nodePath(state, node, rejoinFile), '', { mode: 0o600 });
}

function contentOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
