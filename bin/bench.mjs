import './node-version.mjs';

await import('./project/bench.ts');
