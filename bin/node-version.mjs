// Plain JavaScript on purpose: it must run on any Node that a user may have, and only say so when that is too old.
import module from 'node:module';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

const wanted = 24;
if (Number(process.versions.node.split('.')[0]) < wanted) {
  process.stderr.write(
    `firedrill: Node ${process.versions.node} is too old: Node ${wanted} comes with the project's dependencies; run \`npx --yes pnpm@12.21.0 install\` and look at what it says\n`,
  );
  process.exit(69);
}

// What Node made of the sources is kept in the per-user cache (`defaultCacheRoot`), beside that of the lab's nodes: a command starts in half
// the time, and so does whatever it starts.
const { FIREDRILL_CACHE, XDG_CACHE_HOME, HOME } = process.env;
const cache = FIREDRILL_CACHE
  ? resolve(FIREDRILL_CACHE)
  : XDG_CACHE_HOME
    ? resolve(XDG_CACHE_HOME, 'firedrill')
    : join(HOME ?? homedir(), '.cache', 'firedrill');
process.env['NODE_COMPILE_CACHE'] ??= join(cache, 'node');
module.enableCompileCache(process.env['NODE_COMPILE_CACHE']);
