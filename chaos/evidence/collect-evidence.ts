import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type LabState, paymentJournalPath, stateNow } from '@firedrill/lab';
import type { Plan } from '../journal/event.ts';
import type { AuditSource, Target } from '../target.ts';
import { ask, reason } from './ask.ts';
import { auditPiece, auditSourceOf } from './audit-piece.ts';
import { divergencesPiece } from './divergences-piece.ts';
import type { EvidenceWindow } from './evidence-window.ts';
import { keepPiece } from './keep-piece.ts';
import { keepTsdb } from './keep-tsdb.ts';
import type { Piece } from './piece.ts';
import { prometheusQuestions } from './prometheus-questions.ts';
import { promotionsPiece } from './promotions-piece.ts';
import { sampleTraces } from './sample-traces.ts';
import { signalQuestions } from './signal-questions.ts';

export interface EvidenceRequest {
  readonly lab: LabState;
  /** The run's folder; the answers go to `<runDir>/evidence/`. */
  readonly runDir: string;
  readonly plan: Plan;
  readonly window: EvidenceWindow;
  readonly target: Target;
  /** Where the books are; by default worked out from the lab's state. */
  readonly source?: AuditSource;
}

/** What was collected, and what could not be. */
export interface EvidenceSummary {
  /** All that was asked for. */
  readonly pieces: readonly string[];
  readonly collected: readonly string[];
  readonly missing: readonly { readonly piece: string; readonly problem: string }[];
}

/** Questions under way at a time: the monitoring is small, and shares its two cores with the shop. */
const atATime = 4;

/** Asks every witness of the run and keeps each raw answer. A piece that fails is recorded as missing, never thrown. */
export async function collectEvidence(request: EvidenceRequest): Promise<EvidenceSummary> {
  const { lab, runDir, plan, window, target } = request;
  const traces = await sampleTraces(join(runDir, 'ledger.jsonl'), window).catch(() => ({
    bad: undefined,
    good: undefined,
  }));
  const questions = [...prometheusQuestions(plan, window), ...signalQuestions(window, traces)];
  const source = request.source ?? (await auditSourceOf(lab));
  const pieces: (() => Promise<Piece>)[] = [
    () =>
      auditPiece('audit', 'the books after the heal: orders, stock, keys, events, payments', target, source),
    async () => promotionsPiece(await stateNow(lab)),
    () => divergencesPiece(lab, target),
    () =>
      filePiece(
        'payment-journal',
        "the payment provider's own journal",
        source.paymentJournal,
        paymentJournalPath(lab),
      ),
    ...questions.map((question) => () => ask(lab, question)),
    () => keepTsdb(lab, runDir),
  ];
  const collected: string[] = [];
  const missing: { piece: string; problem: string }[] = [];
  const queue = pieces[Symbol.iterator]();
  const worker = async (): Promise<void> => {
    for (const make of queue) {
      const piece = await make();
      const problem = piece.problem ?? (await keep(piece));
      if (piece.problem !== undefined) await keep(piece);
      if (problem === undefined) collected.push(piece.piece);
      else missing.push({ piece: piece.piece, problem });
    }
  };
  const keep = (piece: Piece): Promise<string | undefined> =>
    keepPiece(runDir, lab, piece).then(() => undefined, reason);
  await Promise.all(Array.from({ length: atATime }, worker));
  return {
    pieces: [...collected, ...missing.map(({ piece }) => piece)].sort(),
    collected: collected.sort(),
    missing: missing.sort((a, b) => (a.piece < b.piece ? -1 : 1)),
  };
}

async function filePiece(piece: string, what: string, path: string, inLab: string): Promise<Piece> {
  const request = path === inLab ? 'payment-1/journal.jsonl' : 'journal.jsonl';
  const about = { piece, what, source: 'payment-1', request, at: new Date().toISOString() };
  return readFile(path, 'utf8').then(
    (text): Piece => ({ ...about, answer: text }),
    (): Piece => ({ ...about, answer: null, problem: 'the file could not be read' }),
  );
}
