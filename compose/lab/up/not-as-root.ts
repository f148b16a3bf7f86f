import { $ } from 'zx';
import { thisUser } from '../control/this-user.ts';

/** `nobody`: any user but root will do. */
const unprivileged = '65534';

/**
 * The words before a command that refuses to run as root. A user namespace needs no chown and keeps the process id.
 * @returns nothing for an ordinary user.
 */
export async function notAsRoot(uid = thisUser().uid): Promise<readonly string[]> {
  if (uid !== 0) return [];
  const unshare = ['unshare', '--user', `--map-user=${unprivileged}`, `--map-group=${unprivileged}`];
  const tried = await $({ nothrow: true, quiet: true })`${unshare} true`;
  return tried.exitCode === 0 ? unshare : setprivWords;
}

/**
 * Where user namespaces are refused, as in many containers. The one capability that is left lets it pass the private
 * folders above its own, so that nothing needs another owner; without `no_setuid_fixup` access(2), by which
 * PostgreSQL looks for its own programs, would not count it.
 */
export const setprivWords: readonly string[] = [
  'setpriv',
  `--reuid=${unprivileged}`,
  `--regid=${unprivileged}`,
  '--clear-groups',
  '--securebits=+no_setuid_fixup',
  '--inh-caps=-all,+dac_override',
  '--ambient-caps=-all,+dac_override',
  '--bounding-set=-all,+dac_override',
];
