import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NodeProcess } from '../support/node-process.ts';
import type { ShopBench } from '../support/shop-bench.ts';
import { type CpuProfile, profileSummary } from './profile-summary.ts';

/** Where the time of an api goes while it is loaded: part → share of its busy time, those under 1 % left out. */
export async function profileApi(
  bench: ShopBench,
  env: Readonly<Record<string, string>>,
  load: (api: NodeProcess) => Promise<unknown>,
): Promise<Readonly<Record<string, number>>> {
  const folder = await mkdtemp(join(tmpdir(), 'shop-profile-'));
  try {
    const api = await bench.startApi({ ...env, NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${folder}` });
    await load(api);
    api.signal('SIGTERM');
    await api.exited;
    const [file] = (await readdir(folder)).filter((name) => name.endsWith('.cpuprofile'));
    const profile = JSON.parse(await readFile(join(folder, file ?? ''), 'utf8')) as CpuProfile;
    return Object.fromEntries(Object.entries(profileSummary(profile)).filter(([, share]) => share >= 0.01));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
