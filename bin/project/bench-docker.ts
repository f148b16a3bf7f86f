import { rmSync } from 'node:fs';
import { loadavg } from 'node:os';
import { runMain } from '@firedrill/errors';
import { labDown, labUp, oncallFolder } from '@firedrill/lab';
import { $ } from 'zx';
import { countOf } from './count-of.ts';
import { type DockerResult, dockerGoalSeconds } from './docker-result.ts';
import { labsGoWith } from './labs-go-with.ts';
import { writeResult } from './write-result.ts';

const tenths = (value: number): number => Math.round(10 * value) / 10;

async function measure(level: number): Promise<DockerResult['rounds'][number]> {
  const loadBefore = tenths(loadavg()[0] ?? 0);
  try {
    const { tookMs } = await labUp({ level, clock: 'drill', runtime: 'docker' });
    const from = performance.now();
    await labDown({ level });
    const downSeconds = tenths((performance.now() - from) / 1000);
    return { level, readySeconds: tenths(tookMs / 1000), downSeconds, loadBefore };
  } finally {
    await labDown({ level });
  }
}

/** `pnpm bench docker [rounds] [levels]`: how soon level 1 is up in containers, and once each other level that is meant → docs/results. */
await runMain(async () => {
  const rounds = countOf(process.argv[2], 3, 'rounds');
  const levels = (process.argv[3] ?? '1,2,3,4').split(',').map(Number);
  process.env.FIREDRILL_LAB_SCOPE = `bench-${process.pid}`;
  labsGoWith(levels);
  const measured: DockerResult['rounds'] = [];
  for (let round = 1; round <= rounds; round++) {
    for (const level of levels.filter((one) => one === 1 || round === 1)) {
      const one = await measure(level);
      measured.push(one);
      process.stderr.write(`${JSON.stringify(one)}\n`);
    }
  }
  rmSync(oncallFolder(), { recursive: true, force: true });
  const engine = (await $({ quiet: true })`docker version --format ${'{{.Server.Version}}'}`).stdout.trim();
  process.stdout.write(`${await writeResult('docker', { engine, rounds: measured })}\n`);
  return measured.some(({ level, readySeconds }) => level === 1 && readySeconds > dockerGoalSeconds) ? 1 : 0;
});
