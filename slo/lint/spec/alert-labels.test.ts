import { expect, it } from 'vitest';
import { specFlaws } from '../testing/flaws.ts';
import { alertLabels } from './alert-labels.ts';

const page = 'page_alert: { labels: { severity: page } }';
const ticket = 'ticket_alert: { labels: { severity: ticket } }';

it.each([
  [page, 'page_alert: {}', 'page_alert.labels.severity: is not page'],
  [
    ticket,
    ticket.replace('severity: ticket', 'severity: page'),
    'ticket_alert.labels.severity: is not ticket',
  ],
  ['labels: { service: shop-l1, level: "1" }', 'labels: { service: shop-l1 }', 'labels.level: is not 1'],
  ['labels: { service: shop-l1, level: "1" }', 'labels: { level: "1" }', 'labels.service: is not shop-l1'],
])('finds an alert that is not routed: %s → %s', (from, to, expected) => {
  expect(specFlaws(alertLabels)).toEqual([]);
  expect(specFlaws(alertLabels, [from, to])).toEqual([expect.stringMatching(`^slos.0.alerting.${expected}`)]);
});
