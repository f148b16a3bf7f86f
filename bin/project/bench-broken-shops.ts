import { parseArgs } from 'node:util';
import { inParallel, isNamed, mistakes, play, scenarios } from '@firedrill/chaos/exposure';
import { FiredrillError, runMain } from '@firedrill/errors';
import { startPostgres } from '@firedrill/target-app/testing';
import { type BrokenShopsResult, readBrokenShops, withPlays } from './broken-shops-result.ts';
import { brokenShopsTable } from './broken-shops-table.ts';
import { writeResult } from './write-result.ts';

const usage = {
  seeds: { type: 'string', default: '20' },
  'at-a-time': { type: 'string', default: '2' },
} as const;

type Play = BrokenShopsResult['plays'][number];

/**
 * `pnpm bench broken-shops [--seeds 20 | 5-8] [--at-a-time 2]`: every broken shop and the good one over some seeds. Written
 * after each seed; a range of seeds is added to what the same day has measured. Exits 1 unless each broken shop was caught
 * by its invariants with every seed, and the good one never accused.
 */
await runMain(async () => {
  const { values } = parseArgs({ options: usage });
  const seeds = seedsOf(values.seeds);
  const inTurn = inParallel(wholeNumber(values['at-a-time'], '--at-a-time'));
  const postgres = await startPostgres();
  let result = readBrokenShops(values.seeds.includes('-')) ?? { seeds: [], plays: [] };
  let path = '';
  try {
    for (const [index, seed] of seeds.entries()) {
      const tell = (made: Play): Play => {
        process.stderr.write(`seed ${seed} (${index + 1} of ${seeds.length}): ${describe(made)}\n`);
        return made;
      };
      const broken = mistakes.map(({ shop, scenario, invariants }) =>
        inTurn(() =>
          timed({ shop, scenario: scenario.name, seed }, async () => {
            const { results } = await play(postgres, scenario, seed, shop);
            const caughtBy = results.filter(({ violations }) => violations.length > 0);
            const named = invariants.every((number) =>
              isNamed(results.find(({ invariant }) => invariant === number)?.violations ?? []),
            );
            return { caughtBy: caughtBy.map(({ invariant }) => invariant), asItShould: named };
          }),
        ).then(tell),
      );
      const good = scenarios.map((scenario) =>
        inTurn(() =>
          timed({ shop: 'good', scenario: scenario.name, seed }, async () => {
            const { results, orders } = await play(postgres, scenario, seed);
            const accusing = results.filter((r) => r.violations.length + r.unresolved.length > 0);
            const said = accusing.flatMap((r) => [...r.violations, ...r.unresolved].map((f) => f.message));
            const caughtBy = accusing.map(({ invariant }) => invariant);
            const problem = orders === 0 ? 'nobody could buy anything' : said[0];
            return {
              caughtBy,
              asItShould: problem === undefined,
              ...(problem === undefined ? {} : { problem }),
            };
          }),
        ).then(tell),
      );
      result = withPlays(result, seed, await Promise.all([...broken, ...good]));
      path = await writeResult('broken-shops', result);
    }
  } finally {
    await postgres.stop();
  }
  process.stdout.write(`${brokenShopsTable(result)}\n${path}\n`);
  return result.plays.every(({ asItShould }) => asItShould) ? 0 : 1;
});

async function timed(
  what: Pick<Play, 'shop' | 'scenario' | 'seed'>,
  work: () => Promise<Pick<Play, 'caughtBy' | 'asItShould' | 'problem'>>,
): Promise<Play> {
  const from = performance.now();
  const made = await work().catch((error: unknown) => ({
    caughtBy: [],
    asItShould: false,
    problem: error instanceof Error ? error.message.split('\n', 1)[0]! : String(error),
  }));
  return { ...what, ...made, seconds: Math.round((performance.now() - from) / 100) / 10 };
}

function describe({ shop, scenario, caughtBy, asItShould, problem, seconds }: Play): string {
  const by = caughtBy.length === 0 ? 'no invariant' : `invariant ${caughtBy.join(', ')}`;
  const wrong = asItShould ? '' : `  WRONG${problem === undefined ? '' : `: ${problem}`}`;
  return `${shop} under ${scenario}: ${by}, ${seconds} s${wrong}`;
}

function seedsOf(text: string): readonly number[] {
  const [first, last] = text.includes('-') ? text.split('-', 2) : ['1', text];
  const from = wholeNumber(first, '--seeds');
  const to = wholeNumber(last, '--seeds');
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}

function wholeNumber(text: string | undefined, flag: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new FiredrillError('usage', `not a number for ${flag}: ${text}`, {
    fix: 'give a whole number from 1',
  });
}
