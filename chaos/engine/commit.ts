import { $ } from 'zx';

/** The checkout's commit, with `-dirty` when files differ from it; `undefined` outside a git checkout. */
export async function commitOf(folder: string): Promise<string | undefined> {
  const answer = await $({
    cwd: folder,
    nothrow: true,
    quiet: true,
  })`git describe --always --dirty --abbrev=12`;
  return answer.exitCode === 0 ? answer.stdout.trim() : undefined;
}
