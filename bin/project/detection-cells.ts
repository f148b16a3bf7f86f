/**
 * The named cells of `pnpm bench detection`, as `pnpm bench cells` writes them. The first seven break nearly everything, and the pipeline is
 * measured; in the others a part of the requests is bad, and the windows are. Each expects a page.
 */
export const detectionCells: readonly string[] = [
  'partition-primary@1',
  'lose-api@1',
  'lose-payment@2',
  'slow-payment@2',
  'exhaust-pool@2',
  'lose-primary@3',
  'slow-primary@3',
  'cpu-starved-api@1',
  'failing-payment:50-percent@1',
  'failing-payment@2',
  'failing-payment@3',
  'slow-primary@1',
];
