import './node-version.mjs';

await import('../dashboards/cli.ts');
