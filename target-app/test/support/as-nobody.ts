const words = ['unshare', '--user', '--map-user=65534', '--map-group=65534'] as const;

/**
 * The words that start a command which refuses to run as root: a user namespace of one's own needs no right and keeps the
 * pid.
 */
export const nobodyWords = (): readonly string[] => (process.getuid?.() === 0 ? words : []);

/** A command by these words. */
export function asNobody(command: string, args: readonly string[]): readonly [string, readonly string[]] {
  const [first = command, ...rest] = [...nobodyWords(), command, ...args];
  return [first, rest];
}
