import { $ } from 'zx';
import { root } from './root.ts';

/** The commit that is checked out, as results name it: twelve digits. */
export async function headCommit(): Promise<string> {
  return `${await $({ cwd: root, quiet: true })`git rev-parse --short=12 HEAD`}`.trim();
}
