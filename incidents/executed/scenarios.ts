import type { Scenario } from './scenario.ts';
import { wrongRefunds } from './wrong-refunds.ts';

type Served = NonNullable<Scenario['served']>;

const served = (operation: string, atMost = 0.05): Served => [
  { phase: 'mitigated', operation, measure: 'errorRatio', atMost },
];
/** Most of those who buy are answered in time again. */
const fast = (operation: string, atMost: number): Served => [
  { phase: 'mitigated', operation, measure: 'p99Ms', atMost },
  ...served(operation),
];

const buying = { alert: 'CheckoutAvailability', outcome: 'recovered', served: served('checkout') } as const;
const buyingFast = {
  alert: 'CheckoutLatency',
  outcome: 'recovered',
  served: fast('checkout', 800),
} as const;
const watching = {
  alert: 'WatchdogMissing',
  outcome: 'recovered',
  served: served('checkout', 0.01),
  // Nobody watched while they were away: that is what the page says.
  broken: ['watchers'],
} as const;
const handedOver = { outcome: 'degraded' } as const;

/** Every page × a fault that raises it. */
export const scenarios: readonly Scenario[] = [
  { ...buying, experiment: 'lose-api', level: 1, levers: ['restart'] },
  { ...buying, experiment: 'lose-payment', level: 1, levers: ['restart'] },
  { ...buying, experiment: 'lose-primary', level: 1, levers: ['restart'] },
  { ...buying, experiment: 'failing-payment', variant: '50-percent', level: 1, levers: ['payment-fallback'] },
  { ...buying, experiment: 'expired-key', level: 1, levers: ['rotate'] },
  { ...buying, experiment: 'bad-release', level: 1, levers: ['rollback'] },
  {
    alert: 'CheckoutAvailability',
    ...handedOver,
    experiment: 'partition-primary',
    level: 1,
    levers: ['read-only'],
  },
  { ...buyingFast, experiment: 'slow-payment', level: 1, levers: ['payment-fallback'] },
  { alert: 'CheckoutLatency', ...handedOver, experiment: 'slow-primary', level: 1, levers: [] },
  {
    alert: 'BrowseAvailability',
    outcome: 'recovered',
    served: served('browse'),
    experiment: 'lose-api',
    level: 1,
    levers: ['restart'],
  },
  { alert: 'BrowseAvailability', ...handedOver, experiment: 'partition-primary', level: 1, levers: [] },
  {
    alert: 'BrowseLatency',
    outcome: 'recovered',
    served: fast('browse', 250),
    experiment: 'bad-release',
    variant: 'even-pace',
    level: 1,
    levers: ['rollback'],
  },
  { alert: 'BrowseLatency', ...handedOver, experiment: 'cpu-starved-api', level: 1, levers: [] },
  {
    alert: 'ReconcilerMismatch',
    ...handedOver,
    experiment: wrongRefunds,
    level: 1,
    levers: ['rollback'],
    // Money went wrong before anybody could know: it is the payments owner's to correct, and pages until then.
    broken: ['integrity-02', 'integrity-05', 'alert-contract', 'resolution'],
  },
  { ...watching, experiment: 'lose-alertmanager', level: 1, levers: ['restart'] },
  { ...watching, experiment: 'lose-prometheus', level: 1, levers: ['restart'] },
  { ...buying, experiment: 'lose-primary', level: 2, levers: ['restart'] },
  { ...buying, experiment: 'expired-key', level: 2, levers: ['rotate'] },
  { ...buying, experiment: 'bad-release', level: 2, levers: ['rollback'] },
  { ...buyingFast, experiment: 'slow-payment', level: 2, levers: ['payment-fallback'] },
  { alert: 'CheckoutAvailability', ...handedOver, experiment: 'exhaust-pool', level: 2, levers: [] },
  {
    alert: 'CheckoutAvailability',
    ...handedOver,
    experiment: 'partition-primary',
    level: 2,
    levers: ['read-only'],
  },
  { ...buying, experiment: 'partition-primary', level: 3, levers: ['promote'] },
  { ...buying, experiment: 'lose-primary', level: 3, levers: ['restart'] },
  { ...buying, experiment: 'failing-payment', variant: '50-percent', level: 3, levers: ['payment-fallback'] },
  { ...buying, experiment: 'lose-primary', level: 4, levers: ['restart'] },
  // Patroni acts: whoever is called looks, and changes nothing.
  { ...buying, experiment: 'isolate-primary', level: 4, levers: [] },
  { ...buying, experiment: 'partition-replica', level: 4, levers: [] },
  { alert: 'CheckoutLatency', ...handedOver, experiment: 'replica-lag', level: 4, levers: [] },
];
