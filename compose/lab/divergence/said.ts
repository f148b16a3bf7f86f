import type { Divergence } from './divergence.ts';

/** Pure: where pg_rewind says that two histories part; `undefined` when it says nothing of the kind. */
export function forkIn(said: string): { readonly timeline: number; readonly fork: string } | undefined {
  const [, fork, timeline] = /diverged at WAL location ([0-9A-F/]+) on timeline (\d+)/.exec(said) ?? [];
  return fork === undefined ? undefined : { fork, timeline: Number(timeline) };
}

/** Pure: the commits that pg_waldump lists. */
export function commitsIn(listed: string): Divergence['commits'] {
  const pattern = /tx: +(\d+), lsn: ([0-9A-F/]+), .*desc: COMMIT (\S+ \S+) UTC/g;
  return [...listed.matchAll(pattern)].map(([, xid = '', lsn = '', at = '']) => ({
    xid,
    lsn,
    at: `${at.replace(' ', 'T')}Z`,
  }));
}

/** Pure: where pg_waldump came to the end of the WAL, or its last record before it; `undefined` where something else stopped it. */
export function walEndIn(said: string): string | undefined {
  const [, last, why = ''] = /error in WAL record at ([0-9A-F/]+): (.*)/.exec(said) ?? [];
  return /(?:at|LSN) ([0-9A-F]+\/[0-9A-F]+)/.exec(why)?.[1] ?? last;
}

/** Pure: the timeline that pg_controldata tells a server to be on. */
export function timelineIn(control: string): number | undefined {
  const found = /^Latest checkpoint's TimeLineID: +(\d+)/m.exec(control)?.[1];
  return found === undefined ? undefined : Number(found);
}

/** Pure: the JSON that a server without clients, asked for one text, has printed. @throws where there is none. */
export function jsonIn(printed: string): unknown {
  const found = /^\s*1: found = "(.*)"\t\(typeid/m.exec(printed)?.[1];
  if (found === undefined)
    throw new Error(`the server does not answer: ${printed.trim().split('\n').at(-1)}`);
  return JSON.parse(found);
}
