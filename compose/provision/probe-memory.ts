import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';

const memorySchema = z.record(z.string(), z.string().nullable());

/** Remembers what `--version` answered, by path, time and size of the program, so that a warm start asks nobody. */
export interface ProbeMemory {
  readonly recall: (file: string, ask: () => Promise<string | undefined>) => Promise<string | undefined>;
  /** Writes what was learnt; a cache that cannot be written to is only slower. */
  readonly save: () => Promise<void>;
}

/** Opens the memory of a cache; a damaged file counts as empty. */
export async function openProbeMemory(root: string): Promise<ProbeMemory> {
  const file = join(root, 'path-versions.json');
  const known = await readFile(file, 'utf8')
    .then(
      (text) => memorySchema.parse(JSON.parse(text)),
      () => ({}),
    )
    .catch(() => ({}));
  const answers = new Map(Object.entries(known));
  let learnt = false;
  return {
    recall: async (program, ask) => {
      const { mtimeMs, size, ino } = await stat(program);
      const key = `${program}|${mtimeMs}|${size}|${ino}`;
      const answer = answers.get(key);
      if (answer !== undefined) return answer ?? undefined;
      const version = await ask();
      answers.set(key, version ?? null);
      learnt = true;
      return version;
    },
    save: async () => {
      if (!learnt) return;
      const next = `${file}.${process.pid}`;
      await mkdir(dirname(file), { recursive: true })
        .then(() => writeFile(next, JSON.stringify(Object.fromEntries(answers))))
        .then(() => rename(next, file))
        .catch(() => undefined);
    },
  };
}
