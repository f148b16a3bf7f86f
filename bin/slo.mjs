import './node-version.mjs';

await import('../slo/cli.ts');
