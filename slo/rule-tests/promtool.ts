import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { provision } from '@firedrill/provision';
import { $ } from 'zx';

/** What promtool has to say against test files; '' when every test passes. */
export async function promtoolComplaint(testFiles: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'firedrill-promtool-'));
  try {
    const promtool = (await provision(['prometheus'])).get('prometheus')!.bin('promtool');
    const names = testFiles.map((_, index) => `${index}.test.yaml`);
    for (const [index, name] of names.entries()) await writeFile(join(folder, name), testFiles[index]!);
    const result = await $({
      cwd: folder,
      quiet: true,
      nothrow: true,
    })`${promtool} test rules ${names}`;
    return result.exitCode === 0 ? '' : `${result}`.trim() || `promtool ended with ${result.exitCode}`;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
