import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { FiredrillError, runMain } from '@firedrill/errors';
import { provision } from '@firedrill/provision';
import { recordCheckout } from '@firedrill/target-app/bench';
import { type Postgres, type ShopBench, startPostgres, startShopBench } from '@firedrill/target-app/testing';
import { $ } from 'zx';
import { countOf } from './count-of.ts';
import type { WalMeasurement } from './wal-result.ts';
import { type WalVariant, walVariants } from './wal-variants.ts';
import { writeResult } from './write-result.ts';

const clients = 8;
const secondsEach = 5;
const standbys = 2;
const durable = ['fsync=on', 'full_page_writes=on', 'shared_buffers=128MB'];

/** A primary with its standbys and a shop of level 3 on it. */
interface Server {
  readonly postgres: Postgres;
  readonly shop: ShopBench;
}

async function startServer(settings: readonly string[]): Promise<Server> {
  const postgres = await startPostgres({ standbys, synchronous: false }, [...durable, ...settings]);
  const shop = await startShopBench(postgres, 3);
  const database = new URL(shop.databaseUrl).pathname.slice(1);
  await postgres.primary.run(database, 'UPDATE stock SET seeded = 1000000000, available = 1000000000');
  return { postgres, shop };
}

interface Counters {
  readonly lsn: number;
  readonly images: number;
  readonly checkpoints: number;
}

async function counters({ primary }: Postgres): Promise<Counters> {
  const [row] = await primary.run(
    'postgres',
    `SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 AS lsn, wal_fpi::float8 AS images,
            num_done::float8 AS checkpoints FROM pg_stat_wal, pg_stat_checkpointer`,
  );
  return row as unknown as Counters;
}

async function replayLag({ primary }: Postgres): Promise<number> {
  const [row] = await primary.run(
    'postgres',
    `SELECT count(*) AS standbys, max(pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn))::float8 AS lag
       FROM pg_stat_replication WHERE state = 'streaming'`,
  );
  if (Number(row?.['standbys']) !== standbys)
    throw new FiredrillError('internal', 'a standby does not stream');
  return Number(row?.['lag']);
}

/** Every measurement begins with a checkpoint, so that each has its whole pages to write. */
async function applySettings({ primary }: Postgres, { settings, needsRestart }: WalVariant): Promise<void> {
  await primary.run('postgres', 'ALTER SYSTEM RESET ALL');
  if (!needsRestart) {
    for (const [name, value] of Object.entries(settings)) {
      await primary.run('postgres', `ALTER SYSTEM SET ${name} = '${value}'`);
    }
  }
  await primary.run('postgres', 'SELECT pg_reload_conf()');
  await pause(200);
  for (const [name, value] of Object.entries(settings)) {
    const [row] = await primary.run('postgres', `SELECT current_setting('${name}') AS value`);
    if (String(row?.['value']).replace(/us$/, '') !== value) {
      throw new FiredrillError('internal', `${name} is ${row?.['value']} and not ${value}`);
    }
  }
  await primary.run('postgres', 'CHECKPOINT');
}

async function measure(
  { postgres, shop }: Server,
  variant: WalVariant,
  round: number,
  run: { readonly program: string; readonly script: string; readonly base: number },
): Promise<WalMeasurement> {
  await applySettings(postgres, variant);
  const before = await counters(postgres);
  const options = [
    ...['--no-vacuum', '--protocol=extended', `--client=${clients}`, '--jobs=1', `--time=${secondsEach}`],
    ...[`--file=${run.script}`, '--define=i=0', `--define=base=${run.base}`],
  ];
  const { stdout } = await $({ quiet: true })`${run.program} ${options} ${shop.databaseUrl}`;
  const lag = await replayLag(postgres);
  const after = await counters(postgres);
  const checkouts = Number(/^number of transactions actually processed: (\d+)/m.exec(stdout)?.[1]);
  const perSecond = Number(/^tps = ([\d.]+)/m.exec(stdout)?.[1]);
  const failed = Number(/^number of failed transactions: (\d+)/m.exec(stdout)?.[1] ?? 0);
  if (!(checkouts > 0) || failed > 0) throw new FiredrillError('internal', `pgbench said: ${stdout}`);
  return {
    variant: variant.name,
    round,
    checkoutsPerSecond: Math.round(perSecond),
    walBytesPerCheckout: Math.round((after.lsn - before.lsn) / checkouts),
    fullPageImagesPerCheckout: Math.round((100 * (after.images - before.images)) / checkouts) / 100,
    checkpoints: after.checkpoints - before.checkpoints,
    replayLagBytes: lag,
  };
}

/** Pure: each round begins with another variant, for whoever goes first finds the machine at rest. */
const rotated = <T>(list: readonly T[], by: number): readonly T[] => [
  ...list.slice(by % list.length),
  ...list.slice(0, by % list.length),
];

/** `pnpm bench wal [rounds]`: the shop's own checkout under one changed WAL setting at a time → docs/results. */
await runMain(async () => {
  const rounds = countOf(process.argv[2], 4, 'rounds');
  const program = (await provision(['postgres'])).get('postgres')?.bin('pgbench') ?? 'pgbench';
  const folder = mkdtempSync(join(tmpdir(), 'firedrill-bench-'));
  const servers: Server[] = [];
  const start = async (settings: readonly string[]): Promise<Server> => {
    const server = await startServer(settings);
    servers.push(server);
    return server;
  };
  try {
    const shared = await start([]);
    const own = new Map<WalVariant, Server>();
    for (const variant of walVariants.filter(({ needsRestart }) => needsRestart)) {
      own.set(
        variant,
        await start(Object.entries(variant.settings).map(([name, value]) => `${name}=${value}`)),
      );
    }
    const { script } = await recordCheckout(shared.shop);
    const path = join(folder, 'checkout.sql');
    writeFileSync(path, script);
    const measurements: WalMeasurement[] = [];
    let runs = 0;
    for (let round = 1; round <= rounds; round += 1) {
      for (const variant of rotated(walVariants, round - 1)) {
        runs += 1;
        const run = { program, script: path, base: runs * 1_000_000 };
        const one = await measure(own.get(variant) ?? shared, variant, round, run);
        process.stderr.write(`${JSON.stringify(one)}\n`);
        measurements.push(one);
      }
    }
    const file = await writeResult('wal', { clients, secondsEach, standbys, measurements });
    process.stdout.write(`${file}\n`);
    return 0;
  } finally {
    for (const { shop, postgres } of servers) {
      await shop.stop();
      await postgres.stop();
    }
    rmSync(folder, { recursive: true, force: true });
  }
});
