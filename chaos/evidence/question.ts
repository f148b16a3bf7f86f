/** A question to a node of the lab, by HTTP GET. */
export interface Question {
  /** The file's name without `.json`. */
  readonly piece: string;
  /** What the answer shows. */
  readonly what: string;
  readonly node: string;
  /** The node's named port; `http` by default. */
  readonly port?: string;
  /** Path and query. */
  readonly path: string;
  /** How long a 404 may mean "not yet", ms: spans travel in batches. 0 by default. */
  readonly patienceMs?: number;
}

/** A path with its query, values encoded. */
export function pathOf(path: string, query: Readonly<Record<string, string | number>>): string {
  const search = new URLSearchParams(
    Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
  );
  return `${path}?${search}`;
}
