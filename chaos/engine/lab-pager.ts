import type { LabState } from '@firedrill/lab';

/** That a person took an incident, and the alerts that were open in it then, as `page CheckoutAvailability`. */
export interface Acknowledgement {
  readonly incident: string;
  readonly at: string;
  readonly by: string;
  readonly alerts: readonly string[];
}

/** The pager of a lab, as far as a run asks it. */
export interface LabPager {
  /** All that there are, also those of earlier runs on this lab. */
  acknowledgements(): readonly Acknowledgement[];
  close(): void;
}

/** The pager is right of this room: the door (bin/chaos.mjs) brings it. */
export type OpenPager = (lab: LabState) => Promise<LabPager>;
