import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { edgeUrl, type LabState } from '@firedrill/lab';
import { levelByNumber } from '@firedrill/topology';
import { startLoadClient } from '../load/load-client.ts';
import { shop } from '../targets/shop.ts';

/** Does something while a lab's users come steadily, at its level's declared rate: the load of a quiet run. Nobody judges what they got. */
export async function amongUsers<Found>(state: LabState, work: () => Promise<Found>): Promise<Found> {
  const level = levelByNumber(state.level);
  const folder = mkdtempSync(join(tmpdir(), 'firedrill-bench-'));
  const users = level.nodes.find((node) => node.kind === 'load-client')?.name ?? '';
  const entry = level.edges.find((edge) => edge.from === users)?.name ?? '';
  const client = startLoadClient({
    targetName: shop.name,
    baseUrl: edgeUrl(state, entry),
    metricsPort: state.nodes[users]?.['metrics'] ?? 0,
    rps: level.labRps,
    seed: 1,
    ledgerPath: join(folder, 'ledger.jsonl'),
    keyScope: `bench-${Date.now()}`,
  });
  try {
    await client.start();
    const found = await work();
    await client.stop();
    await client.quit();
    return found;
  } finally {
    client.kill();
    await client.exit;
    rmSync(folder, { recursive: true, force: true });
  }
}
