import type { Check } from '../report/verdict.ts';
import { eventsOf, type Run } from './run.ts';

/** A heartbeat comes every 2 s; a pipeline that was silent for longer than this may have missed an alert. */
const silenceMs = 10_000;

/** Was the alerting alive for the whole run? Without heartbeats an absent page means nothing. */
export function checkWatchdog(run: Run): Check {
  const name = 'watchdog';
  const readings = eventsOf(run, 'watchdog');
  if (readings.length === 0) {
    return {
      name,
      verdict: 'inconclusive',
      summary: 'No heartbeat of the alerting was looked for.',
      evidence: [],
    };
  }
  const longest = Math.max(...readings.map((reading) => reading.silentMs));
  const evidence = [`${readings.length} readings, longest silence ${(longest / 1000).toFixed(1)} s`];
  // A lab that has just come up may be read before its first heartbeat: that wait counts as silence, no more.
  if (readings.every((reading) => reading.lastHeartbeatAt === null)) {
    return { name, verdict: 'inconclusive', summary: 'The alerting never sent a heartbeat.', evidence };
  }
  if (longest > silenceMs) {
    const summary = `The alerting was silent for ${(longest / 1000).toFixed(1)} s: an absent alert would mean nothing.`;
    return { name, verdict: 'inconclusive', summary, evidence };
  }
  const summary = `The alerting was alive: its longest silence was ${(longest / 1000).toFixed(1)} s.`;
  return { name, verdict: 'pass', summary, evidence };
}
