/**
 * The words that start a command which refuses to run as root: a user namespace of one's own needs no right and keeps the
 * pid.
 */
export function asNobody(command: string, args: readonly string[]): readonly [string, readonly string[]] {
  if (process.getuid?.() !== 0) return [command, args];
  return ['unshare', ['--user', '--map-user=65534', '--map-group=65534', command, ...args]];
}
