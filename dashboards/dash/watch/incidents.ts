import { alertName, type Incident } from '@firedrill/incidents';
import type { IncidentSight } from '../sight.ts';

const shown = 30;

/** Pure: a level's incidents as they are shown, those that are not over first, then the latest. @param lab the one that runs */
export function incidentSights(
  incidents: readonly Incident[],
  level: number,
  lab: string,
): readonly IncidentSight[] {
  return incidents
    .filter((one) => one.level === level)
    .toReversed()
    .toSorted((a, b) => Number(a.status === 'resolved') - Number(b.status === 'resolved'))
    .slice(0, shown)
    .map(({ id, lab: of, status, openedAt, recoveredAt, resolved, assignee, alerts }) => ({
      id,
      status,
      openedAt,
      endedAt: resolved?.at ?? recoveredAt ?? null,
      assignee: assignee ?? null,
      labGone: status !== 'resolved' && of !== lab,
      alerts: [...new Set(alerts.map(alertName))],
      runbook: alerts[0]!.alert,
    }));
}
