import './node-version.mjs';

await import('./project/generate.ts');
