import type { FeedStore } from '@firedrill/topology';
import { wireLevel } from '../wiring/wire-level.ts';
import type { Wired } from '../wiring/wiring.ts';
import { plainContext } from './plain-context.ts';

/** A level's processes as they are wired on the same machine always, for tests of what is pure. */
export function wiredLevel(number: number, feed?: FeedStore) {
  const context = plainContext(number, feed);
  const processes = wireLevel(context);
  const named = (name: string): Wired => {
    const found = processes.find((wired) => wired.name === name);
    if (found === undefined) throw new Error(`no process ${name}`);
    return found;
  };
  /** The content of one of a process's files. */
  const file = (name: string, path: string): string => {
    const content = named(name).files.find((one) => one.path === path)?.content;
    if (typeof content !== 'string') throw new Error(`${name} has no text ${path}`);
    return content;
  };
  /** `host:port` of an edge's proxy. */
  const proxy = (edge: string): string => `127.0.0.1:${context.state.edges[edge]?.listen}`;
  return { ...context, processes, named, file, proxy };
}

/** Everything that a process is told: its command, environment, files and preparations. */
export const told = (wired: Wired): string =>
  [
    ...wired.argv,
    ...Object.values(wired.env),
    ...wired.preparations.flatMap((one) => [...one.argv, one.stdin ?? '']),
    ...wired.files.map(({ content }) => (typeof content === 'string' ? content : '')),
  ].join('\n');
