import './node-version.mjs';

const { chaosMain } = await import('../chaos/cli.ts');

// Only a run asks who has acknowledged, and only a comparison who follows a runbook: the other commands should not wait for them.
await chaosMain(
  async (lab) => (await import('@firedrill/incidents')).openLabPager(lab),
  async (alert, holdMs) => new (await import('@firedrill/incidents')).RunbookResponder(alert, holdMs),
);
