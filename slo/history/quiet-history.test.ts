import { levelByNumber } from '@firedrill/topology';
import { describe, expect, it } from 'vitest';
import { formatLe, quietHistory } from './quiet-history.ts';

const endMs = Date.parse('2026-03-01T12:00:00.900Z');
const text = [...quietHistory({ level: levelByNumber(1), endMs, hours: 1 })].join('');
const lines = text.trimEnd().split('\n');
const samplesOf = (series: string) =>
  lines.flatMap((line) =>
    line.startsWith(`${series} `) ? [line.split(' ').slice(1).map(Number) as [number, number]] : [],
  );
const labels = 'job="client",instance="client-1",service="shop-l1",level="1"';

describe('the quiet history', () => {
  it('ends at the given time and never later, one sample every 15 s', () => {
    const samples = samplesOf(`client_requests_total{${labels},operation="checkout",outcome="good"}`);
    expect(samples).toHaveLength(241);
    expect(samples.at(-1)).toEqual([7200, Math.floor(endMs / 1000)]);
    expect(samples[0]).toEqual([0, Math.floor(endMs / 1000) - 3600]);
    for (const [index, [value, second]] of samples.entries()) {
      expect(value).toBe(index * 30);
      expect(second - samples[0]![1]).toBe(index * 15);
    }
  });

  it('has no bad and no slow request', () => {
    expect(
      samplesOf(`client_requests_total{${labels},operation="checkout",outcome="bad"}`).every(
        ([value]) => value === 0,
      ),
    ).toBe(true);
    const histogram = (suffix: string, le = '') =>
      samplesOf(
        `client_request_duration_seconds_${suffix}{${labels},operation="checkout",outcome="good"${le}}`,
      );
    expect(histogram('bucket', ',le="0.5"')).toEqual(histogram('count'));
    expect(histogram('bucket', ',le="+Inf"')).toEqual(histogram('count'));
  });

  it('covers every operation, and the buckets that an SLO reads', () => {
    for (const operation of ['browse', 'search', 'product']) {
      expect(
        samplesOf(
          `client_request_duration_seconds_bucket{${labels},operation="${operation}",outcome="good",le="0.25"}`,
        ),
      ).toHaveLength(241);
    }
    expect(text).toContain('operation="cancel",outcome="good"');
  });

  it('says that it is synthetic', () => {
    expect(samplesOf(`firedrill_synthetic_history{${labels}}`).every(([value]) => value === 1)).toBe(true);
    expect(
      lines.filter((line) => line.startsWith('# HELP') && /[Ss]ynthetic|made up/.test(line)),
    ).toHaveLength(3);
  });

  it('is OpenMetrics: one block a family, ended by # EOF', () => {
    expect(lines.filter((line) => line.startsWith('# TYPE'))).toEqual([
      '# TYPE client_requests counter',
      '# TYPE client_request_duration_seconds histogram',
      '# TYPE firedrill_synthetic_history gauge',
    ]);
    expect(text.endsWith('\n# EOF\n')).toBe(true);
    expect(lines.filter((line) => line === '# EOF')).toHaveLength(1);
  });
});

it('writes whole bounds as Prometheus stores them', () => {
  expect([0.005, 0.5, 1, 2.5, 10].map(formatLe)).toEqual(['0.005', '0.5', '1.0', '2.5', '10.0']);
});
