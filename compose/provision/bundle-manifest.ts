import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readlink } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';

/** The name of the manifest, the first entry of a packed cache. */
export const manifestName = 'firedrill-cache.json';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const entrySchema = z.union([
  z.strictObject({ path: z.string(), sha256 }),
  z.strictObject({ path: z.string(), link: z.string() }),
]);

/** What a packed cache holds, file by file. */
export const manifestSchema = z.strictObject({
  format: z.literal(1),
  platform: z.string(),
  components: z.array(z.strictObject({ name: z.string(), folder: z.string(), files: z.array(entrySchema) })),
});

export type Manifest = z.infer<typeof manifestSchema>;
export type ManifestEntry = z.infer<typeof entrySchema>;

/** The hash of one file, read as a stream: Loki alone is 157 MB. */
async function sha256OfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** Every file and link below a folder, sorted by path; the same tree gives the same list. */
export async function listTree(folder: string): Promise<readonly ManifestEntry[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const list: ManifestEntry[] = [];
  for (const entry of entries) {
    if (entry.isDirectory()) continue;
    const file = join(entry.parentPath, entry.name);
    const path = relative(folder, file);
    if (entry.isSymbolicLink()) list.push({ path, link: await readlink(file) });
    else list.push({ path, sha256: await sha256OfFile(file) });
  }
  return list.sort((a, b) => (a.path < b.path ? -1 : 1));
}
