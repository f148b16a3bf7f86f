import { userInfo } from 'node:os';
import { $ } from 'zx';

/** `nobody`: any user but root will do. */
const unprivileged = '65534';

/**
 * The words before a command that refuses to run as root. A user namespace needs no chown and keeps the process id.
 * @returns nothing for an ordinary user.
 */
export async function notAsRoot(uid = userInfo().uid): Promise<readonly string[]> {
  if (uid !== 0) return [];
  const unshare = ['unshare', '--user', `--map-user=${unprivileged}`, `--map-group=${unprivileged}`];
  const tried = await $({ nothrow: true, quiet: true })`${unshare} true`;
  return tried.exitCode === 0 ? unshare : setprivWords;
}

/**
 * Where user namespaces are refused, as in many containers. The capability lets it pass the private folders above its
 * own, so that nothing needs another owner.
 */
export const setprivWords: readonly string[] = [
  'setpriv',
  `--reuid=${unprivileged}`,
  `--regid=${unprivileged}`,
  '--clear-groups',
  '--inh-caps=+dac_override',
  '--ambient-caps=+dac_override',
];
