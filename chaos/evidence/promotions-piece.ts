import type { LabState } from '@firedrill/lab';
import { z } from 'zod';
import type { Piece } from './piece.ts';

const promotionsSchema = z.object({
  primary: z.string(),
  promotions: z.array(
    z.object({
      fencedAt: z.string(),
      promotedAt: z.string(),
      from: z.string(),
      to: z.string(),
      lastReplayedAt: z.string().optional(),
    }),
  ),
});

export type PromotionRecord = Readonly<z.infer<typeof promotionsSchema>['promotions'][number]>;

/** Which PostgreSQL takes the writes now, and what was promoted on the way. */
export function promotionsPiece(lab: LabState): Piece {
  return {
    piece: 'promotions',
    what: "the lab's primary, and every standby that was made the primary",
    source: 'lab.json',
    request: 'primary and promotions',
    at: new Date().toISOString(),
    answer: { primary: lab.primary, promotions: lab.promotions },
  };
}

/** Pure: the promotions of this run, as the piece has them; those of an earlier run on a kept lab excuse nothing. */
export function promotionsOf(piece: Piece | undefined, sinceMs: number): readonly PromotionRecord[] {
  const parsed = promotionsSchema.safeParse(piece?.answer);
  if (!parsed.success) return [];
  return parsed.data.promotions.filter(({ promotedAt }) => Date.parse(promotedAt) >= sinceMs);
}
