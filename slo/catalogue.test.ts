import { levels } from '@firedrill/topology';
import { describe, expect, it } from 'vitest';
import { levelsWithSlos, parseSpec, sloCatalogue } from './catalogue.ts';

describe('the catalogue', () => {
  it('has SLOs for every level that can be started', () => {
    expect(levelsWithSlos()).toEqual(levels.map((level) => level.number));
  });

  it('reads level 1 as it is promised', () => {
    expect(
      sloCatalogue(1).map((slo) => [
        slo.id,
        slo.kind,
        slo.objective,
        slo.errorBudget,
        slo.operations,
        slo.thresholdSeconds,
        slo.alert,
      ]),
    ).toEqual([
      [
        'shop-l1-checkout-availability',
        'availability',
        0.99,
        0.01,
        ['checkout'],
        undefined,
        'CheckoutAvailability',
      ],
      ['shop-l1-checkout-latency', 'latency', 0.99, 0.01, ['checkout'], 0.5, 'CheckoutLatency'],
      [
        'shop-l1-browse-availability',
        'availability',
        0.995,
        0.005,
        ['browse', 'search', 'product'],
        undefined,
        'BrowseAvailability',
      ],
      [
        'shop-l1-browse-latency',
        'latency',
        0.99,
        0.01,
        ['browse', 'search', 'product'],
        0.25,
        'BrowseLatency',
      ],
    ]);
  });

  it('lists the levels there are when asked for another', () => {
    expect(() => sloCatalogue(9)).toThrow(
      expect.objectContaining({ code: 'usage', fix: expect.stringContaining('1') }),
    );
  });
});

describe('parseSpec', () => {
  const spec = (extra: string): string => `
version: prometheus/v1
service: shop-l1
slos:
  - name: a
    objective: 99
    description: d
    sli: { events: { error_query: e, total_query: t } }
    alerting: { name: A, annotations: {}, page_alert: {}, ticket_alert: {}${extra} }
`;

  it('takes what is right', () => {
    expect(parseSpec(spec(''), 'f').slos).toHaveLength(1);
  });

  it.each([
    ['a misspelt key', spec(', page_allert: {}'), 'f: slos.0.alerting'],
    ['an objective of 100', spec('').replace('objective: 99', 'objective: 100'), 'f: slos.0.objective'],
    ['a missing query', spec('').replace('error_query: e, ', ''), 'f: slos.0.sli.events.error_query'],
    ['another version', spec('').replace('prometheus/v1', 'openslo/v1'), 'f: version'],
    ['nothing', '', 'f: document'],
    ['broken YAML', 'a: [', 'f'],
  ])('names file and field of %s', (_name, text, where) => {
    expect(() => parseSpec(text, 'f')).toThrow(expect.objectContaining({ code: 'invalid-data', where }));
  });
});
