import { cp } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { goCaches } from './cache-layout.ts';
import type { GoSource } from './component.ts';
import { goFlags } from './go-flags.ts';
import { inPackage } from './recipe.ts';
import { type Job, runForJob, unavailable } from './supply.ts';

/** `local`: the Go that was chosen builds, or fails; it fetches no other. `-modcacherw`: the cache must be deletable. */
const goSettings = {
  GOTOOLCHAIN: 'local',
  GOFLAGS: '-modcacherw',
  GOWORK: 'off',
  GO111MODULE: 'on',
  CGO_ENABLED: '0',
};

/** A user's settings for other machines would give something else than the recipe says. */
const defaultTarget = { GOOS: '', GOARCH: '', GOAMD64: '', GOARM64: '', GOEXPERIMENT: '' };

function sayLine(line: string): string | undefined {
  const module = /^go: downloading (\S+)/.exec(line)?.[1];
  if (module !== undefined) return `downloading ${module}`;
  return /^[\w.-]+(\/[\w.~-]+)*$/.test(line) ? `compiling ${line}` : undefined;
}

/** Builds each executable from a copy of the wrapper module, so that a checkout is never written to. */
export async function supplyGoModule(source: GoSource, go: string, job: Job): Promise<void> {
  const src = join(job.folder, 'src');
  await cp(inPackage(source.module), src, { recursive: true });
  const env = {
    ...goCaches(job.root).env,
    ...goSettings,
    ...defaultTarget,
    PATH: `${dirname(go)}:${job.env['PATH'] ?? ''}`,
  };
  for (const [executable, target] of Object.entries(source.packages)) {
    job.say(`building ${executable}`);
    const result = await runForJob(
      job,
      go,
      ['build', '-v', ...goFlags(source), '-o', join(job.out, 'bin', executable), target],
      {
        cwd: src,
        env,
        onLine: (line) => {
          const text = sayLine(line);
          if (text !== undefined) job.say(text, 'fine');
        },
      },
    );
    if (!result.ok) throw unavailable(job.component, `go build ${target} failed`, result);
  }
}
