import { type Incident, type IncidentAlert, type IncidentLog, incidentsOf } from '@firedrill/alerts';
import { type Taken, takenBetween } from './acknowledged.ts';
import { isFor } from './alert-history.ts';
import { type Detection, detections } from './detection.ts';
import { eventsOf, type Run } from './run.ts';

/** An incident of a run, with the end that the ledger's own events predict. */
export interface RunIncident extends Incident {
  /** When the last of its pages should resolve, ms since the epoch; absent where that is not known of each. */
  readonly predictedResolutionMs: number | undefined;
  /** By whoever first took it. */
  readonly acknowledged: Taken | undefined;
}

/** Every incident of a run, and the tickets beside them. */
export function runIncidents(run: Run): {
  readonly incidents: readonly RunIncident[];
  readonly beside: IncidentLog['beside'];
} {
  const { incidents, beside } = incidentsOf(eventsOf(run, 'notification').map((event) => event.notification));
  const found = detections(run);
  return {
    beside,
    incidents: incidents.map((incident) => {
      const ends = incident.alerts
        .filter(({ severity }) => severity === 'page')
        .map((page) => endOf(page, found) ?? Number.NaN);
      const last = Math.max(...ends);
      return {
        ...incident,
        predictedResolutionMs: Number.isNaN(last) ? undefined : last,
        acknowledged: takenBetween(run, incident.openedAt, incident.resolvedAt),
      };
    }),
  };
}

/** A page may be open several times in a run, each with an end of its own. */
const endOf = (page: IncidentAlert, found: readonly Detection[]): number | undefined =>
  found
    .find((one) => isFor(one, page))
    ?.episodes.find(({ delivered }) => delivered.receivedAt === page.firedAt)?.resolutionMs;
