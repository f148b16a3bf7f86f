import type { Bindings } from '@firedrill/runbooks';

/** `host:port` of a node's listener: `127.0.0.1:<port of receiver-1>` on a page, an address of its own in a container. */
export type AddressOf = (node: string, port: string) => string | undefined;

/**
 * Pure: a command with what its reader would fill in: `N` is the level, words in capitals are what the answer before named.
 * @returns undefined when something of it is not known.
 */
export function fillIn(
  line: string,
  level: number,
  bindings: Bindings,
  addressOf: AddressOf,
): string | undefined {
  let missing = false;
  const known = (value: string | undefined): string => {
    missing ||= value === undefined;
    return String(value);
  };
  const filled = line
    .replaceAll(
      /127\.0\.0\.1:<(?:(\w+) )?port of ([\w-]+)>/g,
      (_all, port: string | undefined, node: string) => known(addressOf(node, port ?? 'http')),
    )
    .replaceAll(/\b[A-Z]{2,}\b/g, (word) => known(bindings[word]))
    .replaceAll(/--level N\b/g, `--level ${level}`);
  return missing ? undefined : filled;
}
