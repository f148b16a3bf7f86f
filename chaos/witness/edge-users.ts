import { readFileSync } from 'node:fs';
import { type ConnectionTable, ownAddress } from '@firedrill/lab/control';
import type { Endpoint } from './probe.ts';

const listen = '0A';
const timeWait = '06';

/** As /proc/net/tcp writes an address: `0200007F` is 127.0.0.2. */
const hexOf = (address: string): string =>
  address
    .split('.')
    .reverse()
    .map((part) => Number(part).toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();

/** As /proc/net/tcp writes an end: several proxies have one port, each at an address of its own. */
function endOf(url: string): string {
  const { hostname, port } = new URL(url);
  return `${hexOf(hostname)}:${Number(port).toString(16).padStart(4, '0').toUpperCase()}`;
}

const ofThisMachine: ConnectionTable = {
  read: () => readFileSync('/proc/net/tcp', 'utf8'),
  own: [ownAddress],
};

interface Seen {
  readonly edge: string;
  /** `0100007F:C350`: the caller's end. */
  readonly caller: string;
  readonly over: boolean;
}

/**
 * Who uses an edge: connections to its proxy that are not Firedrill's own, by the kernel's table. One that
 * waits to be taken is there, too; one that is refused never is.
 */
export class EdgeUsers {
  /** A proxy's end → its edge. */
  readonly #ends: ReadonlyMap<string, string>;
  readonly #read: () => string;
  readonly #own: readonly string[];
  readonly #callers = new Map<string, Set<string>>();
  readonly #past: ReadonlySet<string>;
  #blind: boolean = false;

  /**
   * @param since who counts: `now`, whoever is there from now on; `a minute`, also whoever was there in the minute before, as long
   *   as the kernel keeps it.
   * @param table the kernel's connections where the proxies are; default: this machine's.
   */
  constructor(
    endpoints: readonly Endpoint[],
    since: 'now' | 'a minute',
    table: ConnectionTable = ofThisMachine,
  ) {
    this.#read = table.read;
    this.#own = table.own.map((address) => `${hexOf(address)}:`);
    this.#ends = new Map(endpoints.map(({ edge, url }) => [endOf(url), edge]));
    this.#past = new Set(
      since === 'now' ? this.#table().flatMap(({ caller, over }) => (over ? [caller] : [])) : [],
    );
  }

  /** To be called every now and then: who came and went between two looks is found by what the kernel keeps for a minute. */
  look(): void {
    for (const { edge, caller, over } of this.#table()) {
      if (over && this.#past.has(caller)) continue;
      const callers = this.#callers.get(edge) ?? new Set();
      this.#callers.set(edge, callers.add(caller));
    }
  }

  /** How many connections of others were seen; `undefined` when the table could not be read. */
  seen(edge: string): number | undefined {
    return this.#blind ? undefined : (this.#callers.get(edge)?.size ?? 0);
  }

  #table(): readonly Seen[] {
    let text: string;
    try {
      text = this.#read();
    } catch {
      this.#blind = true;
      return [];
    }
    return text
      .split('\n')
      .slice(1)
      .flatMap((line) => {
        const [, local = '', remote = '', state] = line.trim().split(/\s+/);
        if (state === listen) return [];
        const edge = this.#ends.get(local) ?? this.#ends.get(remote);
        const caller = this.#ends.has(local) ? remote : local;
        return edge === undefined || this.#own.some((one) => caller.startsWith(one))
          ? []
          : [{ edge, caller, over: state === timeWait }];
      });
  }
}
