import type { Piece } from '@firedrill/chaos/report';
import type { LeverPull } from '@firedrill/lab';
import type { Clock, Slo, SloEvent } from '@firedrill/slo';
import type { Incident } from '../pager/incident.ts';
import type { Line, Source } from './facts.ts';

/** An incident that no run caused, and what its lab answered about it. */
export interface LabAsked {
  readonly incident: Incident;
  /** The other incidents of its lab. */
  readonly others: readonly Incident[];
  readonly clock: Clock;
  /** What was kept; nothing where the lab was gone before anybody asked. */
  readonly pieces: ReadonlyMap<string, Piece>;
  /** Pulled around it; `undefined` where that is not known. */
  readonly levers: readonly LeverPull[] | undefined;
  readonly nowMs: number;
}

/** What each SLO counted. */
export type Events = ReadonlyMap<Slo, readonly SloEvent[]>;

/** A piece of what the lab answered. */
export const source = (piece: string): Source => ({ name: piece, path: `evidence/${piece}.json` });

/** None where the moment is not known. */
export const line = (atMs: number | undefined, what: string, from: Source): readonly Line[] =>
  atMs === undefined ? [] : [{ atMs, what, source: from }];
