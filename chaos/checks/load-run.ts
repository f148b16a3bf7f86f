import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { FiredrillError } from '@firedrill/errors';
import { tsdbFolder } from '../evidence/keep-tsdb.ts';
import { type Piece, readPieces } from '../evidence/piece.ts';
import type { JournalEvent } from '../journal/event.ts';
import { readJournal } from '../journal/journal-reader.ts';
import { readOperations } from '../ledger/ledger-reader.ts';
import type { Operation } from '../ledger/operations.ts';
import type { Run } from './run.ts';
import { runTimes } from './run-times.ts';

/**
 * Reads a run's folder. A ledger or evidence that cannot be read is told in `missing`; without a journal there is no run.
 * @throws {FiredrillError} `invalid-data`, naming the file and line.
 */
export async function loadRun(runDir: string): Promise<Run> {
  const journal = join(runDir, 'journal.jsonl');
  const all = await readJournal(journal).catch((cause) => unreadable(journal, cause));
  const events = untilCheck(all);
  const planned = events[0];
  if (planned?.type !== 'planned') {
    throw new FiredrillError('invalid-data', 'the journal does not begin with the plan', { where: journal });
  }
  const missing: string[] = [];
  const tell = (what: string) => (error: unknown) => {
    missing.push(`${what}: ${error instanceof Error ? withoutFolder(error.message, runDir) : String(error)}`);
    return undefined;
  };
  if (!all.some(isCheck)) missing.push('journal.jsonl: it ends before the check');
  const operations = await readOperations(join(runDir, 'ledger.jsonl')).catch(tell('ledger.jsonl'));
  const evidence = await readPieces(runDir).catch(tell('evidence'));
  const samples = evidence?.get('prometheus-tsdb');
  if (samples !== undefined && samples.problem === undefined && !existsSync(tsdbFolder(runDir))) {
    missing.push('evidence/prometheus-tsdb: the folder is not there');
  }
  return {
    id: planned.run,
    dir: runDir,
    target: planned.target,
    commit: planned.commit,
    plan: planned.plan,
    events,
    times: runTimes(events, planned.plan),
    operations: operations ?? ([] as Operation[]),
    evidence: evidence ?? new Map<string, Piece>(),
    missing,
  };
}

const isCheck = (event: JournalEvent): boolean => event.type === 'phase' && event.phase === 'check';

/** The report stands after the phase `check` in the journal, so what follows must not change it when it is made again. */
function untilCheck(events: readonly JournalEvent[]): readonly JournalEvent[] {
  const check = events.findIndex(isCheck);
  return check === -1 ? events : events.slice(0, check);
}

function unreadable(path: string, cause: unknown): never {
  if (cause instanceof FiredrillError) throw cause;
  const run = basename(resolve(path, '..'));
  throw new FiredrillError('invalid-data', `run ${run} has no journal that can be read`, {
    where: 'journal.jsonl',
    cause,
  });
}

/** A report must read the same wherever the run's folder lies. */
function withoutFolder(message: string, runDir: string): string {
  return message.replaceAll(`${runDir}/`, '');
}
