import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FiredrillError, runMain } from '@firedrill/errors';
import { provision } from '@firedrill/provision';
import { median } from '@firedrill/slo';
import {
  buyAsFastAsPossible,
  cpuSeconds,
  postgresCpuSeconds,
  profileApi,
  recordCheckout,
} from '@firedrill/target-app/bench';
import { type Postgres, type ShopBench, startPostgres, startShopBench } from '@firedrill/target-app/testing';
import { $ } from 'zx';
import { countOf } from './count-of.ts';
import { writeResult } from './write-result.ts';

/** As the lab's level 1: every commit is on disk before it is answered. */
const settings = ['fsync=on', 'synchronous_commit=on', 'full_page_writes=on', 'shared_buffers=128MB'];
/** Connections to the database: the shop's pool, and pgbench's clients. */
const databaseConnections = 6;
const buyers = 16;
const secondsEach = 5;
const required = 0.5;

interface Round {
  readonly pgbenchPerSecond: number;
  readonly shopPerSecond: number;
  readonly ratio: number;
  /** CPU per checkout, ms. */
  readonly cpuMs: Readonly<Record<'api' | 'payment' | 'postgres' | 'load' | 'pgbenchPostgres', number>>;
}

interface Parts {
  readonly postgres: Postgres;
  readonly shop: ShopBench;
  readonly rival: ShopBench;
  readonly script: string;
  readonly pgbench: string;
}

async function measure(parts: Parts, api: { url: string; pid: number }, round: number): Promise<Round> {
  const { postgres, shop } = parts;
  const postmaster = postgres.primary.pid;
  // Whoever goes second finds the machine as the other has left it, so they take turns.
  const rivalFirst = round % 2 === 0;
  const rival = rivalFirst ? await pgbench(parts, round) : undefined;
  const before = {
    api: cpuSeconds(api.pid),
    payment: cpuSeconds(shop.payment.pid),
    postgres: postgresCpuSeconds(postmaster),
    load: process.cpuUsage(),
  };
  const port = Number(new URL(api.url).port);
  const { bought, refused, seconds } = await buyAsFastAsPossible(port, buyers, secondsEach, `round-${round}`);
  if (refused > bought / 100) {
    throw new FiredrillError('internal', `${refused} of ${bought + refused} checkouts were refused`);
  }
  const perCheckout = (cpu: number) => Math.round((cpu / bought) * 1e6) / 1000;
  const load = process.cpuUsage(before.load);
  const cpuMs = {
    api: perCheckout(cpuSeconds(api.pid) - before.api),
    payment: perCheckout(cpuSeconds(shop.payment.pid) - before.payment),
    postgres: perCheckout(postgresCpuSeconds(postmaster) - before.postgres),
    load: perCheckout((load.user + load.system) / 1e6),
  };
  const { perSecond, cpuMs: pgbenchPostgres } = rival ?? (await pgbench(parts, round));
  const shopPerSecond = Math.round(bought / seconds);
  return {
    pgbenchPerSecond: Math.round(perSecond),
    shopPerSecond,
    ratio: Math.round((shopPerSecond / perSecond) * 1000) / 1000,
    cpuMs: { ...cpuMs, pgbenchPostgres },
  };
}

/** The unnamed extended protocol, as node-postgres speaks it. */
async function pgbench({ postgres, rival, script, pgbench: program }: Parts, round: number) {
  const before = postgresCpuSeconds(postgres.primary.pid);
  const options = [
    ...['--no-vacuum', '--protocol=extended', `--client=${databaseConnections}`, '--jobs=1'],
    ...[`--time=${secondsEach}`, `--file=${script}`, '--define=i=0', `--define=base=${round * 1_000_000}`],
  ];
  const { stdout } = await $({ quiet: true })`${program} ${options} ${rival.databaseUrl}`;
  const perSecond = Number(/^tps = ([\d.]+)/m.exec(stdout)?.[1]);
  const failed = Number(/^number of failed transactions: (\d+)/m.exec(stdout)?.[1] ?? 0);
  if (!(perSecond > 0) || failed > 0) throw new FiredrillError('internal', `pgbench said: ${stdout}`);
  const cpu = postgresCpuSeconds(postgres.primary.pid) - before;
  return { perSecond, cpuMs: Math.round((cpu / (perSecond * secondsEach)) * 1e6) / 1000 };
}

const plenty = 'UPDATE stock SET seeded = 1000000000, available = 1000000000';

/** `pnpm bench checkout [rounds]`. Exits 1 where the ratio is below what must be reached. */
await runMain(async () => {
  const rounds = countOf(process.argv[2], 6, 'rounds');
  const program = (await provision(['postgres'])).get('postgres')?.bin('pgbench') ?? 'pgbench';
  const folder = mkdtempSync(join(tmpdir(), 'firedrill-bench-'));
  const postgres = await startPostgres(undefined, settings);
  const benches: ShopBench[] = [];
  try {
    for (const _ of ['shop', 'rival']) benches.push(await startShopBench(postgres));
    const [shop, rival] = benches as [ShopBench, ShopBench];
    const { script, statements } = await recordCheckout(rival);
    const path = join(folder, 'checkout.sql');
    writeFileSync(path, script);
    for (const { databaseUrl } of benches)
      await postgres.primary.run(new URL(databaseUrl).pathname.slice(1), plenty);
    const api = await shop.startApi({ SHOP_POOL_SIZE: String(databaseConnections) });
    const parts = { postgres, shop, rival, script: path, pgbench: program };
    // The JIT compiles, caches fill.
    await buyAsFastAsPossible(Number(new URL(api.url).port), buyers, 5, 'warm');
    const measured: Round[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      const one = await measure(parts, api, round);
      process.stderr.write(`${JSON.stringify(one)}\n`);
      measured.push(one);
    }
    const apiProfile = await profileApi(shop, { SHOP_POOL_SIZE: String(databaseConnections) }, (profiled) =>
      buyAsFastAsPossible(Number(new URL(profiled.url).port), buyers, secondsEach, 'profiled'),
    );
    const ratio = median(measured.map((one) => one.ratio)) ?? 0;
    const file = await writeResult('checkout', {
      ratio,
      required,
      statements,
      databaseConnections,
      buyers,
      secondsEach,
      apiProfile,
      rounds: measured,
    });
    process.stdout.write(`checkout ÷ pgbench: ${ratio} (must reach ${required}); ${file}\n`);
    return ratio >= required ? 0 : 1;
  } finally {
    for (const bench of benches) await bench.stop();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
