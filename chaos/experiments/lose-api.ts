import { mayTicket, ticketsOf } from './allowed.ts';
import type { Experiment } from './experiment.ts';
import { nobodyIsHurt } from './forbidden.ts';
import { fails, keepsServing, wellAfter, wellBefore } from './hypotheses.ts';

const down = [
  mayTicket('ComponentDown', 'the killed process is not scraped'),
  mayTicket('ProbeFailing', 'the killed process answers no probe'),
];
const behindTheEdge = {
  title: 'One of two API processes dies',
  hypothesis:
    'The edge takes it out within a second and the other serves everybody: users hardly feel it. Writes that were under way are unknown.',
  impact: {},
  alerts: { expected: [], forbidden: [...nobodyIsHurt], allowed: down },
  hypotheses: [...wellBefore, keepsServing('checkout', 0.05), keepsServing('browse', 0.02), ...wellAfter],
} satisfies NonNullable<Experiment['byLevel']>[string];

export default {
  name: 'lose-api',
  levels: [1, 2, 3, 4],
  title: 'The only API process dies',
  hypothesis:
    'Nothing answers until it is started again; orders cut in the middle are finished or voided by themselves.',
  timeline: [{ durationMs: 20_000, fault: 'kill', on: { nodes: ['api-1'] } }],
  impact: { 'checkout-availability': 1, 'browse-availability': 1 },
  alerts: {
    expected: [
      { alert: 'CheckoutAvailability', severity: 'page', withinMs: 16_000 },
      { alert: 'BrowseAvailability', severity: 'page', withinMs: 12_000 },
    ],
    allowed: [...ticketsOf('CheckoutAvailability', 'BrowseAvailability'), ...down],
  },
  hypotheses: [...wellBefore, fails('checkout', 0.9), ...wellAfter],
  byLevel: { 2: behindTheEdge, 3: behindTheEdge, 4: behindTheEdge },
} satisfies Experiment;
