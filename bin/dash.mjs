import './node-version.mjs';

await import('../dashboards/dash/cli.ts');
