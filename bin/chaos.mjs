import './node-version.mjs';

await import('../chaos/cli.ts');
