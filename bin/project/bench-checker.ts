import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import {
  asked,
  type CheckRequest,
  checkInvariants,
  type ModelCheckout,
  modelRun,
  partReturn,
} from '@firedrill/chaos/model-shop';
import { runMain } from '@firedrill/errors';
import { writeResult } from './write-result.ts';

const sizes = [10_000, 100_000, 1_000_000];
/** The size of one measurement: each is a process of its own, so that none has another's garbage to collect. */
const sizeVariable = 'CHECKER_ORDERS';
const atMostSeconds = 10;
/** CPU of an order among a million ÷ among ten thousand: linear, but for the memory that no longer fits a cache. */
const atMostRatio = 2;

interface Measured {
  readonly orders: number;
  readonly operations: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** The heap of ledger and books before the check, and the most while it ran, MB. */
  readonly inputMb: number;
  readonly peakRssMb: number;
}

/** Of twenty buyers as many look, cancel and bring back as in the load client's mix (target-app/journeys). */
function buyer(index: number): ModelCheckout {
  const plain: ModelCheckout = { ...partReturn, returns: [], reads: 'none' };
  const place = index % 20;
  if (place < 7) return { ...plain, reads: 'fresh' };
  if (place < 9) return { ...plain, cancel: 'acknowledged' };
  return place < 12 ? { ...partReturn, reads: 'none' } : plain;
}

const shopOf = (orders: number): CheckRequest =>
  asked(modelRun(Array.from({ length: orders }, (_, index) => buyer(index))));

function measure(orders: number): Measured {
  // What is compiled on the way is no cost of an order.
  checkInvariants(shopOf(2000));
  const run = shopOf(orders);
  const inputMb = Math.round(process.memoryUsage().heapUsed / 2 ** 20);
  const from = { wall: performance.now(), cpu: process.cpuUsage() };
  const { results } = checkInvariants(run);
  const seconds = (performance.now() - from.wall) / 1000;
  const { user, system } = process.cpuUsage(from.cpu);
  if (results.some(({ violations }) => violations.length > 0)) throw new Error('the model shop was accused');
  return {
    orders: run.audit.orders.length,
    operations: [...run.operations].length,
    seconds: Number(seconds.toFixed(2)),
    cpuSeconds: Number(((user + system) / 1e6).toFixed(2)),
    inputMb,
    peakRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
  };
}

/**
 * `pnpm bench checker`: time and memory of the ten invariants on 10⁴, 10⁵ and 10⁶ orders. Exits 1 where a million takes over 10 s, or
 * one of them more than twice as much CPU as one of ten thousand.
 */
await runMain(async () => {
  const size = process.env[sizeVariable];
  if (size !== undefined) {
    process.stdout.write(JSON.stringify(measure(Number(size))));
    return 0;
  }
  const runs = sizes.map((orders): Measured => {
    const child = spawnSync(
      process.execPath,
      ['--max-old-space-size=12000', fileURLToPath(import.meta.url)],
      {
        encoding: 'utf8',
        env: { ...process.env, [sizeVariable]: String(orders) },
      },
    );
    if (child.status !== 0) throw new Error(child.stderr);
    process.stderr.write(`${child.stdout}\n`);
    return JSON.parse(child.stdout);
  });
  const microseconds = runs.map(({ orders, cpuSeconds }) => Number(((1e6 * cpuSeconds) / orders).toFixed(1)));
  const ratio = Number(((microseconds.at(-1) ?? 0) / (microseconds[0] ?? 0)).toFixed(2));
  const path = await writeResult('checker', { runs, cpuMicrosecondsPerOrder: microseconds, ratio });
  process.stdout.write(
    `CPU per order ${microseconds.join(', ')} µs, ratio ${ratio} (at most ${atMostRatio})\n${path}\n`,
  );
  return (runs.at(-1)?.seconds ?? Number.NaN) <= atMostSeconds && ratio <= atMostRatio ? 0 : 1;
});
