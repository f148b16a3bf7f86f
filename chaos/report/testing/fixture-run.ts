import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Piece } from '../../evidence/piece.ts';
import type { JournalEvent, Plan } from '../../journal/event.ts';
import type { LedgerEntry } from '../../ledger/entry.ts';
import { fixtureEvidence } from './fixture-evidence.ts';
import { fixtureJournal } from './fixture-journal.ts';
import { type FixtureLoad, fixtureLoad } from './fixture-load.ts';

/** The three parts of a run's folder, open to be spoilt by a test. */
export interface FixtureRun {
  journal: JournalEvent[];
  ledger: LedgerEntry[];
  evidence: Piece[];
}

/** A whole made-up run that passes: `spoilBooks` breaks the shop's books before they are read. */
export function fixtureRun(
  options: { seed?: number; whole?: boolean; spoilBooks?: (load: FixtureLoad) => void } = {},
): FixtureRun {
  const load = fixtureLoad(options.seed ?? 7, options.whole);
  options.spoilBooks?.(load);
  const sent = load.entries.filter((entry) => entry.type === 'invoke' && entry.retryOf === undefined).length;
  const retried = load.entries.filter(
    (entry) => entry.type === 'invoke' && entry.retryOf !== undefined,
  ).length;
  const evidence = fixtureEvidence(load);
  const journal = fixtureJournal().map((event) => {
    if (event.type === 'load-stopped') return { ...event, sent, retried };
    return event.type === 'evidence' ? { ...event, pieces: evidence.map(({ piece }) => piece) } : event;
  });
  return { journal, ledger: load.entries, evidence };
}

/** What belongs to a fault. */
const ofFault: ReadonlySet<JournalEvent['type']> = new Set([
  'intent',
  'applied',
  'healed',
  'witness',
  'alert',
  'notification',
]);

/** A whole made-up run without a fault, by its own plan. */
export function quietFixtureRun(plan: Plan): FixtureRun {
  const run = fixtureRun({ whole: true });
  const journal = run.journal
    .filter((event) => !ofFault.has(event.type))
    .filter((event) => event.type !== 'phase' || !['inject', 'watch', 'heal'].includes(event.phase))
    .map((event) => (event.type === 'planned' ? { ...event, plan } : event));
  return { ...run, journal };
}

/** Lays a run's folder down as a real run would leave it. */
export async function writeFixtureRun(dir: string, run: FixtureRun): Promise<void> {
  await mkdir(join(dir, 'evidence'), { recursive: true });
  const lines = (rows: readonly unknown[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  await writeFile(join(dir, 'journal.jsonl'), lines(run.journal.map((event, seq) => ({ ...event, seq }))));
  await writeFile(join(dir, 'ledger.jsonl'), lines(run.ledger));
  for (const piece of run.evidence) {
    await writeFile(join(dir, 'evidence', `${piece.piece}.json`), `${JSON.stringify(piece, undefined, 1)}\n`);
  }
}
