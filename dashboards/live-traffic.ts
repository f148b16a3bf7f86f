import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { edgeUrl, type LabState } from '@firedrill/lab';
import type { Level } from '@firedrill/topology';

export interface LiveTraffic {
  /** A command of chaos/load/protocol.ts. */
  send(command: object): void;
  stop(): Promise<void>;
}

/**
 * The real load client against a running lab, started by its path as the lab starts the shop: what the panels show is due
 * only while somebody buys. Resolves after the given seconds of traffic.
 * @param meanwhile is done when the first have been served
 */
export async function liveTraffic(
  state: LabState,
  level: Level,
  seconds: number,
  meanwhile: (send: LiveTraffic['send']) => Promise<void> = () => Promise.resolve(),
): Promise<LiveTraffic> {
  const entry = level.edges.find(({ from }) => kindOf(level, from) === 'load-client')!;
  const child = spawn(process.execPath, [join(import.meta.dirname, '../chaos/load/main.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const send = (line: object): void => void child.stdin.write(`${JSON.stringify(line)}\n`);
  send({
    targetName: 'shop',
    baseUrl: edgeUrl(state, entry.name),
    metricsPort: state.nodes['client-1']!['metrics'],
    rps: level.labRps,
    seed: 1,
    keyScope: `dashboards-${Date.now()}`,
    ledgerPath: join(state.home, 'dashboards-ledger.jsonl'),
  });
  let progress = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const { type } = JSON.parse(line) as { type: string };
    if (type === 'scraped') send({ cmd: 'start' });
    if (type === 'progress' && progress++ === 0) await meanwhile(send);
    if (progress >= seconds) break;
  }
  if (progress < seconds) throw new Error(`the load client ended after ${progress} s`);
  child.stdout.resume();
  return {
    send,
    stop: async () => {
      if (child.exitCode !== null) return;
      send({ cmd: 'quit' });
      await once(child, 'exit');
    },
  };
}

const kindOf = (level: Level, name: string): string | undefined =>
  level.nodes.find((node) => node.name === name)?.kind;
