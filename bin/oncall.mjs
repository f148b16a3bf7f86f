import './node-version.mjs';

await import('../incidents/cli.ts');
