import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { componentByName } from '@firedrill/provision';
import { quietHistory } from '@firedrill/slo';
import type { Level } from '@firedrill/topology';
import { programs } from '../../render/compose/container-kinds.ts';
import { keptFolder } from '../../render/compose/lab-compose.ts';
import { loadHistory } from '../../wiring/prometheus.ts';
import { runDocker } from './run-docker.ts';

const node = 'prometheus-1';

/** Gives Prometheus its quiet past, by promtool of its own image, before it starts. @throws {FiredrillError} `node-unhealthy` */
export async function loadQuietHistory(
  level: Level,
  { labId, home, user, project }: Readonly<Record<'labId' | 'home' | 'user' | 'project', string>>,
): Promise<void> {
  const data = keptFolder(home, node);
  const text = join(home, node, 'quiet-history.txt');
  await mkdir(data, { recursive: true, mode: 0o700 });
  await pipeline(
    Readable.from(quietHistory({ level, endMs: Date.now() })),
    createWriteStream(text, { mode: 0o600 }),
  );
  const container = [
    ...['--rm', '--network', 'none', '--pull', 'never', '--user', user],
    ...['--label', `com.docker.compose.project=${project}`],
    ...['--volume', `${data}:/prometheus`, '--volume', `${text}:/quiet-history.txt:ro`],
    ...['--entrypoint', programs.prometheus?.['promtool'] ?? ''],
  ];
  const { image } = componentByName('prometheus');
  const load = loadHistory('/quiet-history.txt', '/prometheus');
  await runDocker(`${node}: load the quiet history`, labId, ['run', ...container, image, ...load]);
}
