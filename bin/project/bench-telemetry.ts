import { FiredrillError, runMain } from '@firedrill/errors';
import { median } from '@firedrill/slo';
import {
  browseAsFastAsPossible,
  buyAsFastAsPossible,
  cpuSeconds,
  startDiscardingSink,
} from '@firedrill/target-app/bench';
import { startPostgres, startShopBench } from '@firedrill/target-app/testing';
import { countOf } from './count-of.ts';
import { writeResult } from './write-result.ts';

const connections = 4;
const secondsEach = 3;
const allowed = 1.25;

interface Api {
  readonly url: string;
  readonly pid: number;
}
type Load = (api: Api, scope: string) => Promise<number>;

const loads: Readonly<Record<'checkout' | 'product', Load>> = {
  checkout: async ({ url }, scope) =>
    (await buyAsFastAsPossible(Number(new URL(url).port), connections, secondsEach, scope)).bought,
  product: ({ url }) => browseAsFastAsPossible(url, connections, secondsEach),
};

/** CPU of the api alone, ms per request. */
async function cost(load: Load, api: Api, scope: string): Promise<number> {
  const before = cpuSeconds(api.pid);
  const requests = await load(api, scope);
  return Math.round(((cpuSeconds(api.pid) - before) / requests) * 1e6) / 1000;
}

interface Figures {
  readonly ratio: number;
  readonly rounds: readonly {
    readonly bareMs: number;
    readonly instrumentedMs: number;
    readonly ratio: number;
  }[];
}

/** In turns, each first as often as the other. */
async function compare(
  name: string,
  load: Load,
  bare: Api,
  instrumented: Api,
  rounds: number,
): Promise<Figures> {
  for (const api of [bare, instrumented]) await load(api, `warm-${api.pid}`);
  const measured: Figures['rounds'][number][] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const first = round % 2 === 0 ? bare : instrumented;
    const a = await cost(load, first, `${name}-${round}-a`);
    const b = await cost(load, first === bare ? instrumented : bare, `${name}-${round}-b`);
    const [bareMs, instrumentedMs] = first === bare ? [a, b] : [b, a];
    const one = { bareMs, instrumentedMs, ratio: Math.round((instrumentedMs / bareMs) * 1000) / 1000 };
    process.stderr.write(`${name} ${JSON.stringify(one)}\n`);
    measured.push(one);
  }
  return { ratio: median(measured.map(({ ratio }) => ratio)) ?? 0, rounds: measured };
}

/** `pnpm bench telemetry [rounds]`. Exits 1 where a checkout costs more than it may. */
await runMain(async () => {
  const rounds = countOf(process.argv[2], 7, 'rounds');
  const sink = await startDiscardingSink();
  const postgres = await startPostgres();
  const shop = await startShopBench(postgres);
  try {
    const database = new URL(shop.databaseUrl).pathname.slice(1);
    await postgres.primary.run(database, 'UPDATE stock SET seeded = 1000000000, available = 1000000000');
    // Without chores, which one of the two would do for both.
    const entry = 'test/bench/requests-main.ts';
    const bare = await shop.startApi({ NODE_NAME: 'bare' }, entry);
    const telling = { OTEL_EXPORTER_OTLP_ENDPOINT: sink.url, OTEL_TRACES_SAMPLER_ARG: '1' };
    const instrumented = await shop.startApi({ NODE_NAME: 'instrumented', ...telling }, entry);
    const figures: Partial<Record<keyof typeof loads, Figures>> = {};
    for (const [name, load] of Object.entries(loads) as [keyof typeof loads, Load][]) {
      figures[name] = await compare(name, load, bare, instrumented, rounds);
    }
    if (sink.bytes === 0) throw new FiredrillError('internal', 'nothing was exported');
    const file = await writeResult('telemetry', {
      allowed,
      sampled: 1,
      connections,
      secondsEach,
      ...figures,
    });
    const ratio = figures.checkout?.ratio ?? Number.NaN;
    process.stdout.write(
      `CPU instrumented ÷ bare: checkout ${ratio} (at most ${allowed}), product ${figures.product?.ratio}; ${file}\n`,
    );
    return ratio <= allowed ? 0 : 1;
  } finally {
    await shop.stop();
    await postgres.stop();
    await sink.close();
  }
});
