import type { Bindings } from '@firedrill/runbooks';

/** Port of a node by its name: `<port of receiver-1>`, `<metrics port of client-1>`. */
export type PortOf = (node: string, port: string) => number | undefined;

/**
 * Pure: a command with what its reader would fill in: `N` is the level, words in capitals are what the answer before named.
 * @returns undefined when something of it is not known.
 */
export function fillIn(line: string, level: number, bindings: Bindings, portOf: PortOf): string | undefined {
  let missing = false;
  const known = (value: string | number | undefined): string => {
    missing ||= value === undefined;
    return String(value);
  };
  const filled = line
    .replaceAll(/<(?:(\w+) )?port of ([\w-]+)>/g, (_all, port: string | undefined, node: string) =>
      known(portOf(node, port ?? 'http')),
    )
    .replaceAll(/\b[A-Z]{2,}\b/g, (word) => known(bindings[word]))
    .replaceAll(/--level N\b/g, `--level ${level}`);
  return missing ? undefined : filled;
}
