import './node-version.mjs';

await import('../chaos/report/cli.ts');
