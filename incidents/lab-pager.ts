import type { LabPager } from '@firedrill/chaos';
import { type LabState, labName, oncallFolder } from '@firedrill/lab';
import { acknowledgementsOf } from './pager/acknowledgements.ts';
import { Pager } from './pager/pager.ts';

/** The pager of one lab, for the run that asks who has acknowledged. @throws {FiredrillError} `invalid-data` */
export function openLabPager(lab: LabState): LabPager {
  const pager = Pager.open(oncallFolder(lab.checkout, lab.scope));
  return {
    acknowledgements() {
      pager.refresh();
      return acknowledgementsOf(pager.incidents(labName(lab)));
    },
    close: () => pager.close(),
  };
}
