import { levels } from '@firedrill/topology';
import { chaosRun } from './chaos-run.ts';
import { insideTheShop } from './inside-the-shop.ts';
import { levelBoard } from './level-board.ts';
import { logs } from './logs.ts';
import { onCall } from './on-call.ts';
import type { Dashboard } from './panel.ts';
import { sloDetails } from './slo-details.ts';
import { sloOverview } from './slo-overview.ts';

export const dashboards: readonly Dashboard[] = [
  sloOverview,
  ...sloDetails,
  insideTheShop,
  ...levels.map(levelBoard),
  chaosRun,
  onCall,
  logs,
];
