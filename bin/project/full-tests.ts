/** A part of `pnpm test:full`: too long for `pnpm test`, and run before a release. */
export interface FullTest {
  readonly name: string;
  /** One line: what it shows, and about how long it takes. */
  readonly summary: string;
  /** Arguments to `node`, from the checkout's folder; exit code 0 is a pass. */
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export const fullTests: readonly FullTest[] = [
  {
    name: 'long',
    summary: 'the tests of the project `full`, each longer than `pnpm test` has time for; 15 minutes',
    command: ['bin/test.mjs', '--project=full'],
  },
  {
    name: 'behaviour',
    summary: 'the whole behaviour suite of the shop at every level; 12 minutes',
    command: ['bin/test.mjs', '--project=lab', 'target-app/test/behaviour'],
    env: { FIREDRILL_EVERY_LEVEL: '1' },
  },
  {
    name: 'matrix',
    summary: 'every experiment on each of its levels, variants too, each passes; 2 hours',
    command: ['bin/project/bench-cells.ts'],
  },
  {
    name: 'runbooks',
    summary: 'every page × a fault that raises it, answered by its runbook alone; 2 hours',
    command: ['bin/project/bench-runbooks.ts'],
  },
  {
    name: 'drills',
    summary: 'every scenario of a drill, played by the runbooks alone, each resolved; 1 hour',
    command: ['bin/project/bench-drills.ts'],
  },
  {
    name: 'broken-shops',
    summary: 'each broken shop is caught over 20 seeds, the good one never accused; 30 minutes',
    command: ['bin/project/bench-broken-shops.ts', '--seeds', '20'],
  },
  {
    name: 'kills',
    summary: '50 kills that a seed draws, each healed within 5 s; 20 minutes',
    command: ['bin/project/bench-kill-matrix.ts'],
  },
  {
    name: 'abort',
    summary: '100 aborted runs, each healed within 5 s; 40 minutes',
    command: ['bin/project/bench-abort.ts'],
  },
  {
    name: 'soak',
    summary: 'an hour of runs on one lab, nothing left behind; 1 hour',
    command: ['bin/project/soak.ts', '--for', '1h'],
  },
];
