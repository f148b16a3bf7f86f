import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { edgeUrl } from '@firedrill/lab';
import { type LoadClient, startLoadClient } from '../load/load-client.ts';
import type { ConductOptions } from './conduct-options.ts';

/** The load client of one run: on the level's client node, through the edge that its users come in by. */
export function loadClientOf(
  options: Pick<ConductOptions, 'run' | 'plan' | 'topology' | 'target' | 'lab' | 'folder'>,
): LoadClient {
  const { run, plan, topology, target, lab, folder } = options;
  const client = topology.nodes.find((node) => node.kind === 'load-client')?.name ?? 'client-1';
  const cwd = join(lab.home, client);
  mkdirSync(cwd, { recursive: true });
  const entry = topology.edges.find((edge) => edge.from === client)?.name ?? '';
  return startLoadClient(
    {
      targetName: target.name,
      baseUrl: edgeUrl(lab, entry),
      metricsHost: lab.addresses?.[client],
      metricsPort: lab.nodes[client]?.metrics ?? 0,
      rps: plan.rps,
      traffic: plan.traffic,
      seed: plan.seed,
      ledgerPath: join(folder, 'ledger.jsonl'),
      keyScope: run,
    },
    { cwd, env: { FIREDRILL_LAB: lab.labId, FIREDRILL_NODE: client } },
  );
}
