import type { NodeProcess } from './node-process.ts';

/** The values of one metric: label set as it is written → value. */
export async function scrape(api: NodeProcess, metric: string): Promise<ReadonlyMap<string, number>> {
  const text = await (await fetch(`${api.url}/metrics`)).text();
  const lines = text
    .split('\n')
    .filter((line) => line.startsWith(`${metric}{`) || line.startsWith(`${metric} `));
  return new Map(
    lines.map((line) => {
      const [, labels = '', value] = /^[a-z_]+(?:\{(.*?)\})? (\S+)/.exec(line) ?? [];
      return [labels, Number(value)];
    }),
  );
}
