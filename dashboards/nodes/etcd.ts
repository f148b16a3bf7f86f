import type { UseOf } from './use.ts';

/** A member of the store: full when what it is to agree to waits. */
export const etcd: UseOf = (node) => {
  const of = `service=~"$service",node="${node}"`;
  return {
    utilisation: {
      description: 'Processors in use.',
      unit: 'short',
      queries: [
        { expr: `rate(process_cpu_seconds_total{${of}}[30s])`, legend: 'processor', meaning: 'measure' },
      ],
    },
    saturation: {
      description: 'Writes that wait for agreement.',
      unit: 'short',
      queries: [{ expr: `etcd_server_proposals_pending{${of}}`, legend: 'pending', meaning: 'slow' }],
    },
    errors: {
      description: 'Writes that no majority agreed to.',
      unit: 'ops',
      queries: [
        { expr: `rate(etcd_server_proposals_failed_total{${of}}[30s])`, legend: 'failed', meaning: 'bad' },
      ],
    },
  };
};
