import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Component } from './component.ts';

export type Env = Readonly<Record<string, string | undefined>>;

/** The per-user cache that all checkouts share. */
export function defaultCacheRoot(env: Env): string {
  if (env['FIREDRILL_CACHE']) return resolve(env['FIREDRILL_CACHE']);
  if (env['XDG_CACHE_HOME']) return resolve(env['XDG_CACHE_HOME'], 'firedrill');
  return join(env['HOME'] ?? homedir(), '.cache', 'firedrill');
}

/** What Node made of sources that it has read before, for the commands and for the lab's own processes. */
export const nodeCache = (env: Env): string => join(defaultCacheRoot(env), 'node');

/** `components/<name>/<version>-<key>` */
export function componentFolder(component: Component, key: string): string {
  return join('components', component.name, `${component.version}-${key}`);
}

/** Go's own caches, private so that they can be thrown away, in one folder so that one rename is enough. */
export function goCaches(root: string): {
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
} {
  const home = join(root, 'go');
  return {
    home,
    env: { GOMODCACHE: join(home, 'mod'), GOCACHE: join(home, 'build'), GOPATH: join(home, 'path') },
  };
}
