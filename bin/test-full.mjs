import './node-version.mjs';

await import('./project/test-full.ts');
