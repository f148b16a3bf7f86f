import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What .dockerignore leaves out, and what no image is made of. */
const leftOut = /^(node_modules|\.git|\.firedrill|runs|docs|level-\d+|.*\.test\.ts)$/;

/** Files and folders of the checkout that an image is built from. */
const sourcesOf = (dockerfile: string): readonly string[] =>
  dockerfile.startsWith('target-app/')
    ? ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', 'target-app']
    : ['.'];

/** The same for the same sources: an image of this checkout's is built again only where they have changed. */
export function sourcesDigest(checkout: string, dockerfile: string): string {
  const digest = createHash('sha256');
  for (const path of sourcesOf(dockerfile).flatMap((source) => filesIn(checkout, source))) {
    digest.update(`${path}\0`).update(readFileSync(join(checkout, path)));
  }
  return digest.digest('hex');
}

function filesIn(checkout: string, path: string): readonly string[] {
  if (statSync(join(checkout, path)).isFile()) return [path];
  return readdirSync(join(checkout, path), { withFileTypes: true })
    .filter((entry) => (entry.isFile() || entry.isDirectory()) && !leftOut.test(entry.name))
    .map(({ name }) => join(path, name))
    .toSorted()
    .flatMap((name) => filesIn(checkout, name));
}
