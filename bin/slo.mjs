import './node-version.mjs';

const { sloMain } = await import('../slo/cli.ts');

// Only `status` needs the labs: the other commands should not wait until all of that is loaded.
await sloMain(async (level) => {
  const { findLab, nodeUrl } = await import('@firedrill/lab');
  const lab = await findLab(level);
  return lab && { level, clock: lab.clock, prometheusUrl: nodeUrl(lab, 'prometheus-1') };
});
