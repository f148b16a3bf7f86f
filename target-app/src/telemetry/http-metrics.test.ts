import { TraceFlags } from '@opentelemetry/api';
import { expect, it } from 'vitest';
import { HttpMetrics, openMetricsRegistry } from './http-metrics.ts';

const request = { method: 'POST', route: '/orders', status: 201, seconds: 0.2 };
const span = (traceFlags: number) => ({ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags });

it('has its usual series before the first request', async () => {
  const registry = openMetricsRegistry();
  new HttpMetrics(registry).create('POST', '/orders', [201, 503]);
  const text = await registry.metrics();
  for (const status of [201, 503]) {
    expect(text).toContain(`http_route="/orders",http_response_status_code="${status}"} 0`);
  }
});

it('points from the bucket to the trace, only when that was sampled', async () => {
  const registry = openMetricsRegistry();
  const metrics = new HttpMetrics(registry);
  metrics.observe({ ...request, span: span(TraceFlags.NONE) });
  metrics.observe({ ...request, span: undefined });
  expect(await registry.metrics()).not.toContain('trace_id');
  metrics.observe({ ...request, span: span(TraceFlags.SAMPLED) });
  const exemplars = (await registry.metrics()).split('\n').filter((line) => line.includes('trace_id'));
  expect(exemplars).toHaveLength(1);
  expect(exemplars[0]).toMatch(/le="0\.25".*} 3 # \{trace_id="a{32}",span_id="b{16}"} 0\.2 /);
});
