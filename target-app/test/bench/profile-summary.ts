/** The part of a `.cpuprofile` that is read here. */
export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string };
  }[];
  readonly samples: readonly number[];
  /** Since the sample before, microseconds. */
  readonly timeDeltas: readonly number[];
}

/** Where the busy time of a process went: part → share, the largest first; idle time is left out. */
export function profileSummary({ nodes, samples, timeDeltas }: CpuProfile): Readonly<Record<string, number>> {
  const parts = new Map(nodes.map(({ id, callFrame }) => [id, partOf(callFrame)]));
  const times = new Map<string, number>();
  for (const [index, sample] of samples.entries()) {
    const part = parts.get(sample);
    if (part === undefined) continue;
    times.set(part, (times.get(part) ?? 0) + (timeDeltas[index] ?? 0));
  }
  const busy = [...times.values()].reduce((sum, time) => sum + time, 0);
  const shares = [...times].toSorted(([, a], [, b]) => b - a);
  return Object.fromEntries(shares.map(([part, time]) => [part, Math.round((time / busy) * 1000) / 1000]));
}

/** @returns `undefined` for time in which nothing ran. */
function partOf({ functionName, url }: CpuProfile['nodes'][number]['callFrame']): string | undefined {
  if (functionName === '(idle)') return undefined;
  if (functionName === '(garbage collector)') return 'garbage collector';
  if (functionName === '(program)' || url === '') return 'system calls and native code';
  const dependency = url.split('/node_modules/').at(-1);
  if (url.includes('/node_modules/')) {
    const [scope = '', name = ''] = dependency?.split('/') ?? [];
    return scope.startsWith('@') ? `${scope}/${name}` : scope;
  }
  return url.startsWith('node:') ? url.split('/').slice(0, 2).join('/') : 'the shop';
}
