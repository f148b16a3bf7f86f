import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const divergenceSchema = z.object({
  node: z.string(),
  /** ISO 8601. */
  listedAt: z.string(),
  /** The timeline that it wrote, and where the one that all follow now left it. */
  timeline: z.number().int().optional(),
  fork: z.string().optional(),
  /** Where its own WAL ends: what lies between the two is what it has alone. */
  end: z.string().optional(),
  /** What it committed behind that, by its own word; some of it may never have been acknowledged. */
  commits: z.array(z.object({ xid: z.string(), lsn: z.string(), at: z.string() })),
  /** What these transactions wrote and left, as the tables have it. */
  rows: z.array(z.object({ xid: z.string(), table: z.string(), row: z.record(z.string(), z.unknown()) })),
  /** Why the list may not be whole. */
  problem: z.string().optional(),
});

/**
 * What a server has that is in nobody else's history: it was a primary, and another one was promoted without that. It is read
 * before the server is taken back to where the two parted, for then it is gone.
 */
export type Divergence = Readonly<z.infer<typeof divergenceSchema>>;

/** In a node's folder, which is below the lab's, its user's alone: a container's user writes what that one reads. */
export const divergencesIn = (nodeFolder: string): string => join(nodeFolder, 'divergences');

export async function keepDivergence(nodeFolder: string, divergence: Divergence): Promise<void> {
  const folder = divergencesIn(nodeFolder);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${divergence.listedAt.replaceAll(':', '-')}.json`);
  writeFileSync(`${path}.new`, `${JSON.stringify(divergence)}\n`, { mode: 0o644 });
  renameSync(`${path}.new`, path);
}

/** Of all servers of a lab, the oldest first. @throws where a list has not its shape. */
export function readDivergences(home: string): readonly Divergence[] {
  const nodes = readdirSync(home, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return nodes
    .flatMap(({ name }) => listsIn(divergencesIn(join(home, name))))
    .map((path) => divergenceSchema.parse(JSON.parse(readFileSync(path, 'utf8'))))
    .toSorted((a, b) => a.listedAt.localeCompare(b.listedAt));
}

function listsIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}
