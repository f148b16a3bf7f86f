import type { LabState } from '@firedrill/lab';
import type { Level } from '@firedrill/topology';
import type { Plan } from '../journal/event.ts';
import type { JournalEntry } from '../journal/journal-writer.ts';
import type { LoadClient } from '../load/load-client.ts';
import type { Target } from '../target.ts';
import type { FaultHand } from './fault-hand.ts';
import type { OpenPager } from './lab-pager.ts';
import type { Progress } from './progress.ts';
import type { Responder } from './responder.ts';
import type { Stop } from './stop.ts';
import type { TellDashboards } from './tell-dashboards.ts';

/** What stands when the conduct of a run begins. Each part of it takes only what it needs. */
export interface ConductOptions {
  readonly run: string;
  readonly plan: Plan;
  readonly topology: Level;
  readonly target: Target;
  readonly lab: LabState;
  readonly hand: FaultHand;
  readonly openPager: OpenPager;
  /** Started, and silent yet. */
  readonly client: LoadClient;
  readonly dashboards: TellDashboards;
  /** The run's folder. */
  readonly folder: string;
  readonly record: (entry: JournalEntry) => void;
  readonly progress: Progress;
  readonly stop: Stop;
  /** Who answers the page while the faults are in; without one nobody does. */
  readonly responder?: Responder;
}
