import type { Meaning } from '@firedrill/slo/palette';
import type { Panel, Row } from '../panel.ts';

const age = (title: string, metric: string, limit: number, alert: string): Panel => ({
  title,
  description: `As the database last told: it stands still while that cannot be asked. Above the line ${alert} is a ticket.`,
  kind: 'timeseries',
  unit: 's',
  queries: [{ expr: `max(${metric}{service=~"$service"})`, legend: 'age', meaning: 'measure' }],
  thresholds: [{ value: limit, meaning: 'ticket' }],
  minimum: 0,
  width: 6,
  height: 7,
});

const count = (title: string, description: string, expr: string, meaning: Meaning): Panel => ({
  title,
  description,
  kind: 'timeseries',
  unit: 'short',
  queries: [{ expr, legend: 'orders', meaning }],
  minimum: 0,
  width: 6,
  height: 7,
});

export const books: Row = {
  title: 'Books',
  panels: [
    age('Oldest undelivered event', 'shop_outbox_oldest_age_seconds', 15, 'OutboxAge'),
    age('Oldest hold', 'shop_hold_oldest_age_seconds', 30, 'OldestHold'),
    count(
      'Orders held',
      'Stock that is neither sold nor for sale. It stands still while the database cannot be asked.',
      'max(shop_orders_held{service=~"$service"})',
      'measure',
    ),
    count(
      'Orders that disagree with the provider',
      'At the last comparison: any at all pages (ReconcilerMismatch).',
      'sum(max by (kind) (shop_reconciler_mismatches{service=~"$service"}))',
      'page',
    ),
  ],
};
