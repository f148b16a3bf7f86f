import {
  ask,
  type EvidenceWindow,
  keepPiece,
  type Piece,
  pathOf,
  prometheusQuestions,
  type Question,
  readPieces,
  signalQuestions,
} from '@firedrill/chaos/report';
import type { LabState } from '@firedrill/lab';
import { levelByNumber } from '@firedrill/topology';
import type { Incident } from '../pager/incident.ts';

/** What came before an alert may be its cause. */
const leadMs = 10 * 60_000;
/** Until the windows of what is over have emptied. */
const tailMs = 60_000;
/** Prometheus answers 11,000 points a series at most, one a second here. */
const longestMs = 3 * 3_600_000;
const atATime = 4;
/** All together: a report is there within five seconds. What was not answered by then is asked when it is made again. */
const answersMs = 4000;

/** The time that is looked at; ms since the epoch. What is longer than three hours is looked at in its beginning. */
export function windowOf(
  { lab, alerts, openedAt, recoveredAt, resolved }: Incident,
  nowMs: number,
): EvidenceWindow {
  const starts = alerts.map(({ startsAt }) => Date.parse(startsAt));
  const faultFromMs = Math.min(Date.parse(openedAt), ...starts);
  const over = recoveredAt ?? resolved?.at;
  const faultToMs = over === undefined ? nowMs : Date.parse(over);
  const fromMs = Math.max(faultFromMs - leadMs, startOf(lab));
  return { fromMs, toMs: Math.min(nowMs, faultToMs + tailMs, fromMs + longestMs), faultFromMs, faultToMs };
}

/**
 * Asks the monitoring of a running lab about an incident, and keeps each raw answer in `<folder>/evidence`. What was answered before is
 * not asked again unless the time that is looked at has changed, as it has since a draft. What cannot be had is a piece with its
 * problem, and never takes the place of an answer.
 */
export async function askLab(
  lab: LabState,
  incident: Incident,
  folder: string,
  nowMs: number,
): Promise<void> {
  const window = windowOf(incident, nowMs);
  const service = levelByNumber(lab.level).service;
  const kept = await readPieces(folder, 'incident.json');
  const questions = [
    ...prometheusQuestions({ service, level: lab.level, clock: lab.clock }, window),
    ...signalQuestions(window, { bad: undefined, good: undefined }),
    failedTrace(window),
  ].filter(({ piece, path }) => !isAnswer(kept.get(piece)) || kept.get(piece)?.request !== path);
  const until = performance.now() + answersMs;
  const queue = questions[Symbol.iterator]();
  const worker = async (): Promise<void> => {
    for (const question of queue) {
      const piece = await ask(lab, question, Math.max(1, Math.round(until - performance.now())));
      if (isAnswer(piece) || !isAnswer(kept.get(piece.piece))) await keepPiece(folder, lab, piece);
    }
  };
  await Promise.all(Array.from({ length: atATime }, worker));
}

const isAnswer = (piece: Piece | undefined): boolean => piece !== undefined && piece.problem === undefined;

/** `0a1b2c3d-l1-20261123T045557123Z`: what its Prometheus has of the time before is made up. */
function startOf(lab: string): number {
  const [, day = '', time = '', ms = ''] = /-(\d{8})T(\d{6})(\d{3})Z$/.exec(lab) ?? [];
  const parts = `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}T${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4)}.${ms}Z`;
  return Date.parse(parts) || 0;
}

/** Without a ledger nobody knows the id of a trace. */
function failedTrace({ faultFromMs = 0, faultToMs = 0 }: EvidenceWindow): Question {
  const microseconds = (ms: number) => `${Math.round(ms)}000`;
  return {
    piece: 'trace-bad',
    what: 'a request of the shop that failed meanwhile',
    node: 'jaeger-1',
    port: 'query',
    path: pathOf('/api/traces', {
      service: 'shop',
      start: microseconds(faultFromMs - 10_000),
      end: microseconds(faultToMs),
      tags: '{"error":"true"}',
      limit: 1,
    }),
  };
}
