import type { ReportData } from '@firedrill/chaos/report';
import type { Incident } from '../pager/incident.ts';

/** Whatever is asked of a run about one of its incidents. */
export interface RunAsked {
  readonly incident: Incident;
  readonly data: ReportData;
  /** When the incident of this run before it was over. */
  readonly afterMs: number;
}
