import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Verdict, verdictSchema } from '@firedrill/chaos';
import type { PastRun } from '../sight.ts';

/** The newest of them. */
const shown = 200;

/** `20261129-101146-partition-primary-l1-s1` */
const idPattern = /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)-(.+)-l(\d+)-s(\d+)/;

/** Pure: what a run's id says; of one that was named otherwise, its name. */
export function fromId(id: string): Pick<PastRun, 'experiment' | 'level' | 'seed' | 'startedAt'> {
  const found = idPattern.exec(id);
  if (found === null) return { experiment: id, level: null, seed: null, startedAt: null };
  const [, year, month, day, hour, minute, second, experiment = id, level, seed] = found;
  return {
    experiment,
    level: Number(level),
    seed: Number(seed),
    startedAt: `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`,
  };
}

/** Pure. */
export function pastRun(
  id: string,
  verdict: Verdict | undefined,
  { report, underWay }: { readonly report: boolean; readonly underWay: boolean },
): PastRun {
  const worst = verdict?.budget.map(({ percentOf30d }) => percentOf30d).toSorted((a, b) => b - a)[0];
  return {
    id,
    ...fromId(id),
    ...(verdict === undefined
      ? {}
      : { experiment: verdict.experiment, level: verdict.level, seed: verdict.seed }),
    verdict: verdict?.verdict ?? (underWay ? 'under way' : 'unfinished'),
    predictedMs: verdict?.detection.predictedMs ?? null,
    measuredMs: verdict?.detection.measuredMs ?? null,
    orders: verdict === undefined ? null : verdict.orders,
    budgetPercent: worst ?? null,
    report,
  };
}

/** The runs of a folder, newest first. A verdict is read again only when it has changed. */
export class PastRuns {
  readonly #folder: string;
  readonly #known = new Map<string, { readonly time: number; readonly verdict: Verdict | undefined }>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** @param underWay the run that holds the lab now */
  list(underWay?: string): readonly PastRun[] {
    return this.#ids()
      .slice(0, shown)
      .map((id) =>
        pastRun(id, this.#verdictOf(id), {
          report: existsSync(this.#path(id, 'report.html')),
          underWay: id === underWay,
        }),
      );
  }

  /** The run's report; `undefined` where there is none, or no such run: only names that the folder itself lists are opened. */
  report(id: string): string | undefined {
    if (!this.#ids().includes(id)) return undefined;
    try {
      return readFileSync(this.#path(id, 'report.html'), 'utf8');
    } catch {
      return undefined;
    }
  }

  has(id: string): boolean {
    return this.#ids().includes(id);
  }

  #ids(): readonly string[] {
    if (!existsSync(this.#folder)) return [];
    return readdirSync(this.#folder)
      .filter((name) => existsSync(this.#path(name, 'journal.jsonl')))
      .toSorted()
      .toReversed();
  }

  #verdictOf(id: string): Verdict | undefined {
    const time = statSync(this.#path(id, 'verdict.json'), { throwIfNoEntry: false })?.mtimeMs;
    if (time === undefined) return undefined;
    const known = this.#known.get(id);
    if (known?.time === time) return known.verdict;
    const verdict = readVerdict(this.#path(id, 'verdict.json'));
    this.#known.set(id, { time, verdict });
    return verdict;
  }

  #path(id: string, file: string): string {
    return join(this.#folder, id, file);
  }
}

function readVerdict(path: string): Verdict | undefined {
  try {
    return verdictSchema.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data;
  } catch {
    return undefined;
  }
}
