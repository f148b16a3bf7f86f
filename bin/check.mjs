import './node-version.mjs';

await import('./project/check.ts');
