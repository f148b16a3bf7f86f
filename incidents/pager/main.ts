import { basename, dirname } from 'node:path';
import { runReceiver } from '@firedrill/alerts';
import { runMain } from '@firedrill/errors';
import { incidentsOf } from './incidents-of.ts';
import { pagerMetrics } from './pager-metrics.ts';
import { readActs } from './read-acts.ts';

/** The pager's process in a lab: its receiver, and beside that one's metrics those of the incidents. */
await runMain(() => {
  const journal = process.env.RECEIVER_JOURNAL ?? '';
  const [folder, lab] = [dirname(journal), basename(journal, '.jsonl')];
  return runReceiver(process.env, (notifications) =>
    pagerMetrics(incidentsOf({ lab, notifications, acts: readActs(folder, lab) }).incidents),
  );
});
