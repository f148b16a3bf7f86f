import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Writes a report's files into its folder, each whole or not at all, and no drawing of before is left. */
export async function writeFiles(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  await rm(join(folder, 'plots'), { recursive: true, force: true });
  await mkdir(join(folder, 'plots'), { recursive: true });
  for (const [name, content] of files) await replaceFile(join(folder, name), content);
}

/** A reader never sees half a report. */
async function replaceFile(path: string, content: string): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  await writeFile(temporary, content);
  await rename(temporary, path);
}
