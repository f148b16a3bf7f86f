import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { logsFolder } from '../addresses.ts';
import { labLockPath } from '../control/lab-home.ts';
import { composeFile } from '../control/supervisor.ts';
import type { Wired, WiredFile } from '../wiring/wiring.ts';
import { diskFull } from './disk.ts';

/** Makes the lab's folders and writes every file of its processes, readable by the user alone. */
export async function writeFiles(
  home: string,
  processes: readonly Wired[],
  composeYaml: string,
): Promise<void> {
  try {
    await mkdir(logsFolder(home), { recursive: true, mode: 0o700 });
    await writeFile(labLockPath(home), '', { mode: 0o600 });
    await writeFile(composeFile(home), composeYaml, { mode: 0o600 });
    await Promise.all(processes.map((wired) => writeProcessFiles(join(home, wired.name), wired.files)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw diskFull(home, 'no space left', error);
    throw error;
  }
}

async function writeProcessFiles(folder: string, files: readonly WiredFile[]): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const { path, content, executable } of files) {
    const target = join(folder, path);
    const mode = executable === true ? 0o700 : 0o600;
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    if (typeof content === 'string') await writeFile(target, content, { mode });
    else await pipeline(Readable.from(content), createWriteStream(target, { mode }));
  }
}
