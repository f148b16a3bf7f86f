import { levelsWithSlos } from '@firedrill/slo';

/** What `pnpm bench quiet` runs: each level as it always is, and on the cheapest traffic that comes and goes. */
export const quietCells: readonly string[] = [
  ...levelsWithSlos().map((level) => `steady@${level}`),
  'idle@1',
  'collapsed@1',
  'doubled@1',
];
