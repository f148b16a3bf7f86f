import './node-version.mjs';

const { alertsMain } = await import('../alerts/cli.ts');

await alertsMain(async (level) => {
  const { findLab, nodeUrl } = await import('@firedrill/lab');
  const lab = await findLab(level);
  return lab && { level, alertmanagerUrl: nodeUrl(lab, 'alertmanager-1') };
});
