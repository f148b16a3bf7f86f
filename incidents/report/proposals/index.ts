import type { PartName } from '../marks.ts';
import { actionItems } from './action-items.ts';
import { type Propose, roles, severity, summary, title } from './head.ts';
import { contributingFactors, lucky, wentBadly, wentWell } from './lessons.ts';

/** What each part says before somebody has written it. */
export const proposals: Readonly<Record<PartName, Propose>> = {
  title,
  severity,
  roles,
  summary,
  trigger: () => '',
  'contributing-factors': contributingFactors,
  'went-well': wentWell,
  'went-badly': wentBadly,
  lucky,
  'action-items': actionItems,
  'anything-else': () => '',
};
