import './node-version.mjs';

await import('./project/soak.ts');
