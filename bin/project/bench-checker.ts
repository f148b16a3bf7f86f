import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { asked, checkInvariants, modelRun, partReturn } from '@firedrill/chaos/model-shop';
import { runMain } from '@firedrill/errors';
import { writeResult } from './write-result.ts';

/** Operations in the ledger; each buyer of the model shop buys, looks, brings something back and looks again. */
const sizes = [100_000, 1_000_000];
const operationsPerBuyer = 4;
/** The size of one measurement: each is a process of its own, so that none has another's garbage to collect. */
const sizeVariable = 'CHECKER_OPERATIONS';

interface Measured {
  readonly operations: number;
  readonly orders: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** The heap of ledger and books before the check, and the most while it ran, MB. */
  readonly inputMb: number;
  readonly peakRssMb: number;
}

function measure(operations: number): Measured {
  const buyer = { ...partReturn, reads: 'fresh' as const };
  const run = asked(modelRun(Array.from({ length: operations / operationsPerBuyer }, () => buyer)));
  const inputMb = Math.round(process.memoryUsage().heapUsed / 2 ** 20);
  const from = { wall: performance.now(), cpu: process.cpuUsage() };
  const { results } = checkInvariants(run);
  const seconds = (performance.now() - from.wall) / 1000;
  const { user, system } = process.cpuUsage(from.cpu);
  if (results.some(({ violations }) => violations.length > 0)) throw new Error('the model shop was accused');
  return {
    operations: [...run.operations].length,
    orders: run.audit.orders.length,
    seconds: Number(seconds.toFixed(2)),
    cpuSeconds: Number(((user + system) / 1e6).toFixed(2)),
    inputMb,
    peakRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
  };
}

/** `pnpm bench checker`: time and memory of the ten invariants at 10⁵ and 10⁶ operations, and their ratio. */
await runMain(async () => {
  const size = process.env[sizeVariable];
  if (size !== undefined) {
    process.stdout.write(JSON.stringify(measure(Number(size))));
    return 0;
  }
  const runs = sizes.map((operations): Measured => {
    const child = spawnSync(process.execPath, ['--max-old-space-size=6000', fileURLToPath(import.meta.url)], {
      encoding: 'utf8',
      env: { ...process.env, [sizeVariable]: String(operations) },
    });
    if (child.status !== 0) throw new Error(child.stderr);
    return JSON.parse(child.stdout);
  });
  const [small, large] = runs as [Measured, Measured];
  const ratio = (figure: (run: Measured) => number) => Number((figure(large) / figure(small)).toFixed(1));
  const ratios = {
    operations: ratio((run) => run.operations),
    cpuSeconds: ratio((run) => run.cpuSeconds),
    peakRssMb: ratio((run) => run.peakRssMb),
  };
  const path = await writeResult('checker', { runs, ratios });
  process.stdout.write(`${JSON.stringify({ runs, ratios }, undefined, 2)}\n${path}\n`);
  return 0;
});
