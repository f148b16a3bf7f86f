import { alertName, type Incident } from '@firedrill/incidents';
import type { IncidentSight } from '../sight.ts';

const shown = 30;

/** Pure: incidents as they are shown, those that are not over first, then the latest. */
export function incidentSights(incidents: readonly Incident[]): readonly IncidentSight[] {
  return incidents
    .toReversed()
    .toSorted((a, b) => Number(a.status === 'resolved') - Number(b.status === 'resolved'))
    .slice(0, shown)
    .map(({ id, status, openedAt, recoveredAt, resolved, assignee, alerts }) => ({
      id,
      status,
      openedAt,
      endedAt: resolved?.at ?? recoveredAt ?? null,
      assignee: assignee ?? null,
      alerts: [...new Set(alerts.map(alertName))],
      runbook: alerts[0]!.alert,
    }));
}
