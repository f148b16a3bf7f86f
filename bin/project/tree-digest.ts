import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Maps each file below the given paths (a file or a folder each, relative to `root`) to a digest of its bytes. */
export function digestTree(root: string, paths: readonly string[]): ReadonlyMap<string, string> {
  const digests = new Map<string, string>();
  const visit = (path: string): void => {
    const absolute = join(root, path);
    if (!existsSync(absolute)) return;
    if (statSync(absolute).isDirectory()) {
      for (const entry of readdirSync(absolute).sort()) visit(join(path, entry));
      return;
    }
    digests.set(path, createHash('sha256').update(readFileSync(absolute)).digest('hex'));
  };
  for (const path of paths) visit(path);
  return digests;
}

/** The files that were added, removed or changed between two digests. */
export function changedFiles(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly string[] {
  const all = new Set([...before.keys(), ...after.keys()]);
  return [...all].filter((file) => before.get(file) !== after.get(file)).sort();
}
