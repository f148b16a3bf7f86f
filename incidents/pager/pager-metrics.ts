import { Gauge, Registry, Summary } from 'prom-client';
import { type Incident, incidentStatusSchema } from './incident.ts';

/** Sum and count; a mean over them is what a board shows. */
const noQuantiles: { readonly percentiles: number[] } = { percentiles: [] };

/** Pure: incidents as Prometheus' text. What nobody acknowledged, and what has not ended, is in no mean yet. */
export function pagerMetrics(incidents: readonly Incident[]): Promise<string> {
  const registers = [new Registry()];
  const counts = new Gauge({
    name: 'pager_incidents',
    help: 'Incidents of this lab since its start, by what they are now.',
    labelNames: ['status'] as const,
    registers,
  });
  const acknowledge = new Summary({
    name: 'pager_acknowledge_seconds',
    help: 'From the first page of an incident until somebody first had it.',
    ...noQuantiles,
    registers,
  });
  const recover = new Summary({
    name: 'pager_recover_seconds',
    help: 'From the first page of an incident until its last page had ended.',
    ...noQuantiles,
    registers,
  });
  for (const status of incidentStatusSchema.options)
    counts.set({ status }, incidents.filter((one) => one.status === status).length);
  for (const { openedAt, recoveredAt, acts } of incidents) {
    const since = (at: string | undefined, seconds: Summary): void => {
      if (at !== undefined) seconds.observe(Math.max(0, Date.parse(at) - Date.parse(openedAt)) / 1000);
    };
    // An escalation takes it back; that somebody had it so soon stays true.
    since(acts.find(({ kind }) => kind === 'acknowledge')?.at, acknowledge);
    since(recoveredAt, recover);
  }
  return registers[0]!.metrics();
}
