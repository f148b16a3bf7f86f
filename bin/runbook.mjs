import './node-version.mjs';

await import('../incidents/runbook/cli.ts');
