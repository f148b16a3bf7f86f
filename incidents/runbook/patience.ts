import type { LabState } from '@firedrill/lab';

/** How long recovery may take after a mitigation: the windows that show it are 60 times as long on the production clock. */
export const patienceMs = ({ clock }: Pick<LabState, 'clock'>): number =>
  clock === 'drill' ? 60_000 : 900_000;
