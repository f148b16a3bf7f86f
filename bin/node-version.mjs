// Plain JavaScript on purpose: it must run on any Node that a user may have, and only say so when that is too old.
const wanted = 24;
if (Number(process.versions.node.split('.')[0]) < wanted) {
  process.stderr.write(
    `firedrill: Node ${process.versions.node} is too old: Node ${wanted} comes with the project's dependencies; run \`npx --yes pnpm@12.21.0 install\` and look at what it says\n`,
  );
  process.exit(69);
}

// TypeScript, so not before it is known that this Node reads it.
await import('./compile-cache.ts');
