import { type Divergence, type LabState, readAwayLeaders, readDivergences } from '@firedrill/lab';
import { z } from 'zod';
import type { AuditAnswer, Target } from '../target.ts';
import { reason } from './ask.ts';
import type { Piece } from './piece.ts';

const answerSchema = z.object({
  customer: z.string(),
  key: z.string(),
  status: z.number().int(),
  body: z.unknown(),
  orderId: z.string().nullable(),
});

const divergencesSchema = z.array(
  z.object({
    node: z.string(),
    listedAt: z.string(),
    timeline: z.number().int().optional(),
    fork: z.string().optional(),
    end: z.string().optional(),
    commits: z.number().int(),
    answers: z.array(answerSchema),
    problem: z.string().optional(),
  }),
);

/** What only a primary of before a failover has: how many commits, and what they would have told whom. */
export interface DivergenceRecord {
  readonly node: string;
  /** Between which places of its WAL; runs made before the end was kept have none. */
  readonly fork?: string | undefined;
  readonly end?: string | undefined;
  readonly commits: number;
  readonly answers: readonly AuditAnswer[];
  /** Why this may not be all. */
  readonly problem?: string | undefined;
}

/** What the lab wrote down before it took servers back to where histories part, and who is still to be looked at. */
export async function divergencesPiece(lab: LabState, target: Target): Promise<Piece> {
  const at = new Date().toISOString();
  const about = {
    piece: 'divergences',
    what: 'commits that only a primary of before a failover has, by what they would have answered',
    source: 'the divergences/ of the lab’s nodes',
    request: 'listed before each pg_rewind',
    at,
  };
  try {
    const away = await readAwayLeaders(lab);
    const listed = readDivergences(lab.home).map((one) => recordOf(one, target));
    return { ...about, answer: [...listed, ...away.map((node) => notLookedAt(node, at))] };
  } catch (error) {
    return { ...about, answer: null, problem: reason(error) };
  }
}

const notLookedAt = (node: string, listedAt: string): DivergenceRecord & { readonly listedAt: string } => ({
  node,
  listedAt,
  commits: 0,
  answers: [],
  problem: 'it led, and is not back among the others',
});

export function recordOf({ commits, rows, ...about }: Divergence, target: Pick<Target, 'answersIn'>) {
  return { ...about, commits: commits.length, answers: target.answersIn(rows) };
}

/** Pure: those that this run brought about; `undefined` where nobody could look. */
export function divergencesOf(
  piece: Piece | undefined,
  sinceMs: number,
): readonly DivergenceRecord[] | undefined {
  const parsed = divergencesSchema.safeParse(piece?.answer);
  if (!parsed.success) return undefined;
  return parsed.data.filter(({ listedAt }) => Date.parse(listedAt) >= sinceMs);
}
