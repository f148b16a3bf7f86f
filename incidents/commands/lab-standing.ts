import type { Incident } from '../pager/incident.ts';
import type { LabStanding } from '../text/incident-line.ts';
import { isLabGone } from './is-lab-gone.ts';

/** @param running the names of the labs that answer */
export function labStanding(
  incident: Pick<Incident, 'lab' | 'level'>,
  running: { has(lab: string): boolean },
): LabStanding {
  if (running.has(incident.lab)) return 'answers';
  return isLabGone(incident) ? 'gone' : 'silent';
}
