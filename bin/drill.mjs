import './node-version.mjs';

await import('../incidents/drill/cli.ts');
