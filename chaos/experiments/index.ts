import { FiredrillError } from '@firedrill/errors';
import badRelease from './bad-release.ts';
import cpuStarvedApi from './cpu-starved-api.ts';
import exhaustPool from './exhaust-pool.ts';
import { type ParsedExperiment, parseExperiment } from './experiment.ts';
import expiredKey from './expired-key.ts';
import failingPayment from './failing-payment.ts';
import failoverStorm from './failover-storm.ts';
import flappingNetwork from './flapping-network.ts';
import isolatePrimary from './isolate-primary.ts';
import loseAlertmanager from './lose-alertmanager.ts';
import loseApi from './lose-api.ts';
import loseDocuments from './lose-documents.ts';
import loseEtcdMember from './lose-etcd-member.ts';
import loseLoki from './lose-loki.ts';
import losePayment from './lose-payment.ts';
import losePrimary from './lose-primary.ts';
import losePrometheus from './lose-prometheus.ts';
import loseStandby from './lose-standby.ts';
import partitionPrimary from './partition-primary.ts';
import partitionReplica from './partition-replica.ts';
import partitionScrape from './partition-scrape.ts';
import { isDataPath, readData } from './read-data.ts';
import replicaLag from './replica-lag.ts';
import slowPayment from './slow-payment.ts';
import slowPrimary from './slow-primary.ts';

export type { Experiment, ParsedExperiment } from './experiment.ts';

/** Every experiment, by the name of its file. */
export const experiments: readonly ParsedExperiment[] = [
  badRelease,
  cpuStarvedApi,
  exhaustPool,
  expiredKey,
  failingPayment,
  failoverStorm,
  flappingNetwork,
  isolatePrimary,
  loseAlertmanager,
  loseApi,
  loseDocuments,
  loseEtcdMember,
  loseLoki,
  losePayment,
  losePrimary,
  losePrometheus,
  loseStandby,
  partitionPrimary,
  partitionReplica,
  partitionScrape,
  replicaLag,
  slowPayment,
  slowPrimary,
].map((data) => parseExperiment(data, `chaos/experiments/${data.name}.ts`));

/**
 * By name, or by the path of a file of one's own: whatever holds a slash or ends as such a file does.
 * @param base where relative paths start.
 * @throws {FiredrillError} `usage`, listing what there is; `invalid-data` for a file that is no experiment.
 */
export async function findExperiment(nameOrPath: string, base: string): Promise<ParsedExperiment> {
  const known = experiments.find((experiment) => experiment.name === nameOrPath);
  if (known !== undefined) return known;
  if (isDataPath(nameOrPath)) return parseExperiment(await readData(nameOrPath, base), nameOrPath);
  const names = experiments.map((experiment) => experiment.name).join(', ');
  throw new FiredrillError('usage', `unknown experiment ${nameOrPath}`, {
    fix: `use one of ${names}, or the path of a file`,
  });
}
