import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { requireLab } from '../find-lab.ts';
import { compareSnapshots } from '../queries/compare.ts';
import { queriesTable } from '../queries/queries-table.ts';
import { readStatements } from '../queries/read-snapshot.ts';
import { lastSnapshotPath, readSnapshot, type Snapshot, writeSnapshot } from '../queries/snapshot.ts';
import type { LabState } from '../state.ts';

/** pnpm changes into the package; what the user typed is relative to where the user stood. */
const fromUser = (path: string): string => resolve(process.env.INIT_CWD ?? process.cwd(), path);

/** `pnpm lab queries`: what the database does with its time, and what changed. */
export async function queriesCommand(options: {
  readonly level: number;
  readonly since: string;
  readonly top: number;
  readonly save?: string;
  readonly json?: true;
}): Promise<void> {
  const state = await requireLab(options.level);
  const earlier = earlierOf(state, options.since);
  const now = await readStatements(state);
  const report = compareSnapshots(now, earlier);
  writeSnapshot(lastSnapshotPath(state.home), now);
  if (options.save !== undefined) writeSnapshot(fromUser(options.save), now);
  const rows = report.rows.slice(0, options.top);
  const text = options.json
    ? JSON.stringify({ ...report, rows }, null, 2)
    : queriesTable(report, options.top);
  process.stdout.write(`${text}\n`);
}

/** `start`: nothing to compare with. `last`: what the last call saw, if there was one. */
function earlierOf(state: LabState, since: string): Snapshot | undefined {
  const last = lastSnapshotPath(state.home);
  if (since === 'start' || (since === 'last' && !existsSync(last))) return undefined;
  return readSnapshot(since === 'last' ? last : fromUser(since), state);
}
