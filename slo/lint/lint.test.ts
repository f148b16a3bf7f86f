import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { levelByNumber } from '@firedrill/topology';
import { describe, expect, it } from 'vitest';
import { parseSpec, specFile } from '../catalogue.ts';
import { alertWindows, parseWindows } from '../windows.ts';
import { findingLine } from './finding.ts';
import { lintCommitted } from './lint.ts';
import { lintSpec } from './lint-spec.ts';
import { lintWindows } from './lint-windows.ts';

const level1 = levelByNumber(1);
const windows = { drill: alertWindows('drill'), production: alertWindows('production') };
const specText = readFileSync(join(import.meta.dirname, '..', specFile(1)), 'utf8');
const drillText = readFileSync(join(import.meta.dirname, '../windows/drill/12h.yaml'), 'utf8');

it('finds nothing in what is committed', () => {
  expect(lintCommitted()).toEqual([]);
});

function fieldsOf(change: (text: string) => string, level = level1): readonly string[] {
  const changed = change(specText);
  expect(changed === specText && level === level1, 'the change must change something').toBe(false);
  return lintSpec({ file: 'f', spec: parseSpec(changed, 'f'), level, windows }).map(
    (finding) => finding.field,
  );
}

describe('lintSpec', () => {
  it.each([
    [
      'an objective that can never fire',
      'objective: 99\n',
      'objective: 90\n',
      'slos.checkout-availability.objective',
    ],
    ['too few events', 'objective: 99\n', 'objective: 99.9\n', 'slos.checkout-availability.objective'],
    ["another level's service", 'service: shop-l1\nlabels', 'service: shop-l2\nlabels', 'service'],
    [
      'two SLOs of one name',
      'name: checkout-latency',
      'name: checkout-availability',
      'slos.checkout-availability.name',
    ],
    [
      'two alerts of one name',
      'name: CheckoutLatency',
      'name: CheckoutAvailability',
      'slos.CheckoutAvailability.alerting.name',
    ],
    ['le="1"', 'le="0.5"', 'le="1"', 'slos.checkout-latency.sli.events.error_query'],
    [
      'queries over different operations',
      'operation="checkout",outcome="bad"',
      'operation="cart",outcome="bad"',
      'slos.checkout-availability.sli.events.error_query',
    ],
    [
      'an operation that nobody makes',
      'operation="checkout",outcome=~',
      'operation="chekcout",outcome=~',
      'slos.checkout-availability.sli.events.total_query',
    ],
    [
      'a query without its service',
      'service="shop-l1",operation="checkout",outcome="bad"',
      'operation="checkout",outcome="bad"',
      'slos.checkout-availability.sli.events.error_query',
    ],
    ['a fixed window', '[{{.window}}]', '[5m]', 'slos.checkout-availability.sli.events.error_query'],
    [
      'a page without its severity',
      'page_alert: { labels: { severity: page } }',
      'page_alert: {}',
      'slos.checkout-availability.alerting.page_alert.labels.severity',
    ],
    [
      'a ticket called page',
      'ticket_alert: { labels: { severity: ticket } }',
      'ticket_alert: { labels: { severity: page } }',
      'slos.checkout-availability.alerting.ticket_alert.labels.severity',
    ],
    [
      'an alert of no level',
      'labels: { service: shop-l1, level: "1" }',
      'labels: { service: shop-l1 }',
      'slos.checkout-availability.alerting.labels.level',
    ],
    [
      "another alert's runbook",
      'runbooks/CheckoutAvailability.md',
      'runbooks/Other.md',
      'slos.checkout-availability.alerting.annotations.runbook_url',
    ],
  ])('finds %s', (_name, from, to, field) => {
    expect(fieldsOf((text) => text.replace(from, to))).toContain(field);
  });

  it('finds too few events when the level sends too little', () => {
    expect(fieldsOf((text) => text, { ...level1, labRps: 1 })).toContain(
      'slos.checkout-availability.objective',
    );
  });

  it('refuses exactly the objectives whose threshold is at or over 1', () => {
    const at = (objective: number) =>
      fieldsOf((text) => text.replace('objective: 99\n', `objective: ${objective}\n`), {
        ...level1,
        labRps: 10_000,
      });
    expect(at(93.05)).toContain('slos.checkout-availability.objective');
    expect(at(93.06)).not.toContain('slos.checkout-availability.objective');
  });
});

describe('lintWindows', () => {
  const fields = (from: string, to: string, scrapeSeconds = 0.5): readonly string[] => {
    const changed = drillText.replace(from, to);
    expect(changed === drillText && scrapeSeconds === 0.5, 'the change must change something').toBe(false);
    return lintWindows({
      file: 'f',
      clock: 'drill',
      windows: parseWindows(changed, 'f'),
      production: windows.production,
      scrapeSeconds,
    }).map((finding) => finding.field);
  };

  it.each([
    ['short over long', 'shortWindow: 30s', 'shortWindow: 7m', 'spec.page.slow.shortWindow'],
    ['short equal to long', 'shortWindow: 30s', 'shortWindow: 6m', 'spec.page.slow.shortWindow'],
    [
      '900 % of the budget',
      'errorBudgetPercent: 2,',
      'errorBudgetPercent: 900,',
      'spec.page.quick.errorBudgetPercent',
    ],
    [
      '0 % of the budget',
      'errorBudgetPercent: 2,',
      'errorBudgetPercent: 0,',
      'spec.page.quick.errorBudgetPercent',
    ],
    [
      'a window that is not production ÷ 60',
      'longWindow: 72m',
      'longWindow: 70m',
      'spec.ticket.slow.longWindow',
    ],
    ['a period over the retention', 'sloPeriod: 12h', 'sloPeriod: 1d', 'spec.sloPeriod'],
  ])('finds %s', (_name, from, to, field) => {
    expect(fields(from, to)).toContain(field);
  });

  it('wants four scrapes in a short window', () => {
    expect(fields('', '', 1.26)).toEqual(['spec.page.quick.shortWindow']);
    expect(fields('', '', 1.25)).toEqual([]);
  });
});

it('says a finding in one line with file, field and fix', () => {
  expect(findingLine({ file: 'f', field: 'a.b', problem: 'is wrong', fix: 'write c' })).toBe(
    'f: a.b: is wrong: write c',
  );
});
