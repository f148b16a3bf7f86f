import type { Acknowledgement } from '@firedrill/chaos';
import { alertName, type Incident } from './incident.ts';

/** Pure: all of them, in the order of the incidents. */
export function acknowledgementsOf(incidents: readonly Incident[]): readonly Acknowledgement[] {
  return incidents.flatMap(({ id, acts, alerts }) =>
    acts
      .filter(({ kind }) => kind === 'acknowledge')
      .map(({ at, by }) => {
        const open = alerts.filter(
          ({ firedAt, resolvedAt }) => firedAt <= at && (resolvedAt === undefined || resolvedAt > at),
        );
        return { incident: id, at, by, alerts: [...new Set(open.map(alertName))] };
      }),
  );
}
