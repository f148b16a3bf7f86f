import { eventually } from './eventually.ts';
import type { NodeProcess } from './node-process.ts';

/** Waits until each of these apis has found a replica that is young enough to read from. */
export async function replicasServe(apis: readonly NodeProcess[]): Promise<void> {
  for (const api of apis) {
    await eventually(async () => {
      const response = await fetch(`${api.url}/products/SKU-0001`);
      await response.arrayBuffer();
      const from = response.headers.get('x-read-from');
      if (from === null || from === 'primary') throw new Error(`it reads from ${from}\n${api.output()}`);
    }, 'replicas to serve reads');
  }
}
