import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Run } from '../../checks/run.ts';
import { tsdbFolder } from '../../evidence/keep-tsdb.ts';
import { reportData } from '../report-data.ts';
import { reportFiles } from '../report-files.ts';
import { keptFilesAgain } from './kept-files.ts';
import { withKeptPrometheus } from './kept-prometheus.ts';
import type { RecomputedPart } from './part.ts';
import { questionsAgain } from './questions-again.ts';
import { ratioRules, rulesAgain } from './rules-again.ts';
import { clientLagMs, scrapeLagMs } from './scrape-lag.ts';

/**
 * Works every figure of a run's result out again from what it kept, and changes nothing: its files from journal, ledger and evidence,
 * Prometheus' answers and the rules' ratios by a Prometheus over the kept samples.
 * @throws {FiredrillError} `invalid-data` when there is no journal that can be read.
 */
export async function recompute(runDir: string): Promise<readonly RecomputedPart[]> {
  const data = await reportData(runDir);
  const again = reportFiles(data);
  const kept = new Map<string, string | undefined>();
  for (const name of again.keys()) {
    kept.set(name, await readFile(join(runDir, name), 'utf8').catch(() => undefined));
  }
  return [...keptFilesAgain(kept, again), ...(await prometheusAgain(data.run))];
}

async function prometheusAgain(run: Run): Promise<readonly RecomputedPart[]> {
  const blocks = tsdbFolder(run.dir);
  if (!existsSync(blocks)) return [withoutSamples(run)];
  const fromMs = run.times.loadFromMs ?? run.times.plannedMs;
  const toMs = run.times.settledMs ?? run.times.endMs;
  const { clock } = run.plan;
  return withKeptPrometheus(blocks, async (kept) => [
    // First: the rules take late scrapes out of the copy.
    await questionsAgain([...run.evidence.values()], kept.ask, scrapeLagMs(clock)),
    await rulesAgain(
      ratioRules(run.evidence.get('prometheus-rules')),
      { fromMs, toMs },
      kept,
      clientLagMs(clock),
    ),
  ]);
}

function withoutSamples({ evidence }: Run): RecomputedPart {
  const why = evidence.get('prometheus-tsdb')?.problem;
  return {
    what: "Prometheus' answers",
    from: 'evidence/prometheus-tsdb',
    compared: 'nothing',
    differences: [],
    problem: why === undefined ? 'the run has no such folder' : `the run could not keep it (${why})`,
  };
}
