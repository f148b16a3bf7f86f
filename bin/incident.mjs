import './node-version.mjs';

await import('../incidents/report/cli.ts');
