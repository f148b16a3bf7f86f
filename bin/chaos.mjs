import './node-version.mjs';

const { chaosMain } = await import('../chaos/cli.ts');

// Only a run asks who has acknowledged: the other commands should not wait until the pager is loaded.
await chaosMain(async (lab) => (await import('@firedrill/incidents')).openLabPager(lab));
