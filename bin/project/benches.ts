/** A measurement that takes minutes and is never part of the tests. */
export interface Bench {
  readonly name: string;
  /** One line: what it measures, and about how long it takes. */
  readonly summary: string;
  /** The script that measures and writes `docs/results/<date>-<name>.json`, from the checkout's folder. */
  readonly script: string;
}

export const benches: readonly Bench[] = [
  {
    name: 'runs',
    summary: 'every experiment of level 1 over some seeds (3): predicted and measured; 25 minutes',
    script: 'bin/project/bench-runs.ts',
  },
  {
    name: 'cells',
    summary:
      'experiments on their levels [lose-primary@2 …; all]: predicted and measured; 3 minutes each, 2 hours for all',
    script: 'bin/project/bench-cells.ts',
  },
  {
    name: 'detection',
    summary:
      'pages beside the best that is possible, 12 cells × 3 seeds [--seeds 3 --nightly cell …]; goes on where it stopped; 2 hours',
    script: 'bin/project/bench-detection.ts',
  },
  {
    name: 'quiet',
    summary:
      'no fault at each level, and with idle, collapsed and doubled traffic [--for 10m --nightly steady@2 …]: nothing may fire; 1 hour',
    script: 'bin/project/bench-quiet.ts',
  },
  {
    name: 'runbooks',
    summary:
      'each page × a fault that raises it, answered by its runbook alone while the fault is in [--seed 1 words …]; 3 minutes each, 75 for all',
    script: 'bin/project/bench-runbooks.ts',
  },
  {
    name: 'compare',
    summary:
      'the same fault at every level, level 3 also promoted by its runbook [partition-primary --levels 1-4 --seed 1]; goes on where it stopped; 30 minutes',
    script: 'bin/project/bench-compare.ts',
  },
  {
    name: 'drills',
    summary:
      'every scenario of a drill, played by the runbooks alone [--seed 1 words …]; 4 minutes each, 50 for all',
    script: 'bin/project/bench-drills.ts',
  },
  {
    name: 'checkout',
    summary: 'checkouts a second ÷ pgbench with the same statements, interleaved [rounds 6]; 2 minutes',
    script: 'bin/project/bench-checkout.ts',
  },
  {
    name: 'telemetry',
    summary: 'CPU of the api per request with all telemetry ÷ without, interleaved [rounds 7]; 2 minutes',
    script: 'bin/project/bench-telemetry.ts',
  },
  {
    name: 'indexes',
    summary: 'slow statements on 200,000 orders, before and after the indexes of level 2; 3 minutes',
    script: 'bin/project/bench-indexes.ts',
  },
  {
    name: 'feed',
    summary:
      'the same feeds from PostgreSQL and over MongoDB’s wire (FerretDB), interleaved, on 200,000 orders; 25 minutes',
    script: 'bin/project/bench-feed.ts',
  },
  {
    name: 'long-join',
    summary: 'a heavy customer’s order history on 200,000 orders, asked in three ways, with plans; 2 minutes',
    script: 'bin/project/bench-long-join.ts',
  },
  {
    name: 'fuzz',
    summary:
      '10,000 requests made from the OpenAPI document [seed]: every answer as documented, no 5xx; 2 minutes',
    script: 'bin/project/bench-fuzz.ts',
  },
  {
    name: 'broken-shops',
    summary:
      'every broken shop and the good one over 20 seeds [--seeds 20 | 5-8]: each caught, the good one never accused; 30 minutes',
    script: 'bin/project/bench-broken-shops.ts',
  },
  {
    name: 'checker',
    summary: 'time and memory of the checker on 10⁴, 10⁵ and 10⁶ orders: 10 s at most, and linear; 2 minutes',
    script: 'bin/project/bench-checker.ts',
  },
  {
    name: 'abort',
    summary:
      'how long until all is healed after a budget, an alert, a query, Ctrl-C or a halt stops a run [rounds 20]; 40 minutes',
    script: 'bin/project/bench-abort.ts',
  },
  {
    name: 'overhead',
    summary: 'where the seconds of a run go beside its own timeline [runs 3]: at most 3 s; 9 minutes',
    script: 'bin/project/bench-overhead.ts',
  },
  {
    name: 'incident-report',
    summary:
      'how long a post-incident report takes, from a run and from a lab [reports 5]: at most 5 s each; 4 minutes',
    script: 'bin/project/bench-incident-report.ts',
  },
  {
    name: 'dash',
    summary:
      'first view of the dash in Chromium, the age of what it shows and its size [rounds 5]: 1 s, 2 s and 500 kB at most; 1 minute',
    script: 'bin/project/bench-dash.ts',
  },
  {
    name: 'lab',
    summary:
      'memory and time to ready of the labs of levels 1 and 4 over some rounds (3), and of the others once; 15 minutes',
    script: 'bin/project/bench-lab.ts',
  },
  {
    name: 'docker',
    summary:
      'time to ready of level 1 in containers over some rounds, and of the others once [rounds 3, levels 1,2,3,4]; 5 minutes',
    script: 'bin/project/bench-docker.ts',
  },
  {
    name: 'kill-matrix',
    summary:
      'kill -9 of whoever may die, at moments that a seed draws [--points 50 --seed 1]: whole within 5 s; goes on where it was interrupted; 20 minutes',
    script: 'bin/project/bench-kill-matrix.ts',
  },
  {
    name: 'failover',
    summary:
      'how long no write is acknowledged when the leader is killed, refuses or falls silent, with both timers, or one of them [rounds 20 --timers fast]; goes on where it stopped; 4 minutes a round',
    script: 'bin/project/bench-failover.ts',
  },
  {
    name: 'wal',
    summary:
      'checkouts a second and WAL under one changed WAL setting at a time, beside the defaults [rounds 4]; 6 minutes',
    script: 'bin/project/bench-wal.ts',
  },
];
