import './node-version.mjs';

await import('../compose/lab/cli.ts');
