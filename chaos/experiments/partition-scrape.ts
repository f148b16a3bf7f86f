import { mayTicket } from './allowed.ts';
import type { Experiment } from './experiment.ts';
import { nobodyIsHurt } from './forbidden.ts';
import { neverFelt } from './hypotheses.ts';

// Half a scrape, a second until it is given up, and 5 s of it.
const componentDown = {
  alert: 'ComponentDown',
  severity: 'ticket',
  afterMs: 7_000,
  withinMs: 14_000,
} as const;
const unseen = mayTicket('LogAlertsBlind', 'Prometheus cannot see whether Loki evaluates them');
const unheard = 'who is not scraped counts as gone: the rules of the cluster rather cry than be blind';

export default {
  name: 'partition-scrape',
  levels: [1, 2, 3, 4],
  title: 'Prometheus is cut off from all that it scrapes',
  hypothesis:
    'Users feel nothing, and their own SLIs still reach Prometheus. Causes and correctness are told by nobody; tickets say so.',
  timeline: [
    {
      durationMs: 30_000,
      fault: 'drop',
      on: { between: [{ role: 'any' }, { nodes: ['prometheus-1'] }] },
    },
  ],
  impact: {},
  blind: ['scrapes'],
  alerts: {
    expected: [componentDown],
    forbidden: [...nobodyIsHurt],
    allowed: [unseen],
  },
  hypotheses: [...neverFelt],
  byLevel: {
    4: {
      alerts: {
        expected: [componentDown],
        forbidden: [...nobodyIsHurt],
        allowed: [
          unseen,
          mayTicket('EtcdMemberDown', unheard),
          mayTicket('EtcdNoLeader', unheard),
          mayTicket('DatabaseNoLeader', unheard),
        ],
      },
    },
  },
} satisfies Experiment;
