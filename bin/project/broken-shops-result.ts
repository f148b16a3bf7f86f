import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { resultsFolder } from './results.ts';
import { today } from './today.ts';

const playSchema = z.object({
  /** A broken shop's name, or `good`. */
  shop: z.string(),
  scenario: z.string(),
  seed: z.number().int(),
  /** Invariants that found something. */
  caughtBy: z.array(z.number().int()),
  /** Caught by every invariant that must see it, with an order or a key named; the good shop: by none. */
  asItShould: z.boolean(),
  problem: z.string().optional(),
  seconds: z.number(),
});

const resultSchema = z.object({ seeds: z.array(z.number().int()), plays: z.array(playSchema) });

/** The file in docs/results. */
export const brokenShopsSchema = resultSchema.extend({ date: z.string(), commit: z.string() });

/** Every broken shop and the good one, over some seeds. */
export type BrokenShopsResult = Readonly<z.infer<typeof resultSchema>>;

/** What was measured today; only where it shall be added to. */
export function readBrokenShops(add: boolean): BrokenShopsResult | undefined {
  const path = join(resultsFolder, `${today()}-broken-shops.json`);
  return add && existsSync(path) ? resultSchema.parse(JSON.parse(readFileSync(path, 'utf8'))) : undefined;
}

/** With one seed's plays, instead of those that it had. */
export function withPlays(
  { seeds, plays }: BrokenShopsResult,
  seed: number,
  made: BrokenShopsResult['plays'],
): BrokenShopsResult {
  return {
    seeds: [...new Set([...seeds, seed])].sort((a, b) => a - b),
    plays: [...plays.filter((play) => play.seed !== seed), ...made],
  };
}
