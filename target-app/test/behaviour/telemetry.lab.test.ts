import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { benchSuite } from '../support/bench-suite.ts';
import { eventually } from '../support/eventually.ts';
import { finalAnswer } from '../support/final-answer.ts';
import { startOtlpSink } from '../support/otlp-sink.ts';
import { shopClient } from '../support/shop-client.ts';

const suite = benchSuite();
const lines = [{ sku: 'SKU-0001', quantity: 1 }];

it('leads from a bucket to the trace to the log line of the same checkout, and tells no secret', async () => {
  const sink = await startOtlpSink();
  try {
    const api = await suite.bench.startApi({ OTEL_EXPORTER_OTLP_ENDPOINT: sink.url, NODE_NAME: 'api-1' });
    const shop = shopClient(api.url);
    // Each try under a key of its own: the trace is of one checkout from end to end.
    const bought = await eventually(async () => {
      const answer = await shop.buy({ customer: 'c-1', key: randomUUID(), lines });
      expect(answer.status, answer.text).toBe(201);
      return answer;
    }, 'a checkout');
    await shop.buy({ customer: 'c-1', key: 'k2', lines, token: 'tok_declined' });
    const traceId = bought.headers.get('x-trace-id') ?? '';
    expect(traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(bought.headers.get('traceparent')).toContain(traceId);

    const metrics = await fetch(`${api.url}/metrics`);
    expect(metrics.headers.get('content-type')).toContain('application/openmetrics-text');
    const text = await metrics.text();
    const buckets = text.split('\n').filter((line) => /_bucket.*http_route="\/orders".*"201"/.test(line));
    expect(buckets.join('\n')).toContain(`trace_id="${traceId}"`);

    await eventually(() => {
      const traces = sink.received('/v1/traces');
      for (const name of [
        'POST /orders',
        'checkout.reserve',
        'checkout.capture',
        'checkout.confirm',
        'pg.transaction',
        'payment.capture',
      ]) {
        expect(traces.includes(name), name).toBe(true);
      }
      expect(traces.includes(Buffer.from(traceId, 'hex'))).toBe(true);
      const logs = sink.received('/v1/logs');
      expect(logs.includes('order paid')).toBe(true);
      expect(logs.includes(Buffer.from(traceId, 'hex'))).toBe(true);
    }, 'traces and logs to be exported');
    const paid =
      api
        .output()
        .split('\n')
        .find((line) => line.includes('order paid') && line.includes(traceId)) ?? '{}';
    expect(JSON.parse(paid)).toMatchObject({ trace_id: traceId, orderId: bought.body.orderId });

    const told = Buffer.concat([sink.received('/'), Buffer.from(api.output()), Buffer.from(text)]);
    for (const secret of [
      'tok_ok',
      'tok_declined',
      suite.bench.paymentToken,
      new URL(suite.bench.databaseUrl).password,
    ]) {
      expect(told.includes(secret), secret).toBe(false);
    }
  } finally {
    await sink.close();
  }
});

it('keeps the decision of a caller who does not sample', async () => {
  const sink = await startOtlpSink();
  try {
    const api = await suite.bench.startApi({ OTEL_EXPORTER_OTLP_ENDPOINT: sink.url });
    const traceId = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';
    const headers = { traceparent: `00-${traceId}-bbbbbbbbbbbbbbbb-00` };
    const answer = await shopClient(api.url).send('GET', '/products/SKU-0001', headers);
    expect(answer.headers.get('x-trace-id')).toBe(traceId);
    expect(await (await fetch(`${api.url}/metrics`)).text()).not.toContain(traceId);
  } finally {
    await sink.close();
  }
});

it('goes on selling when the collector hangs, and still stops in time', async () => {
  const sink = await startOtlpSink('never answers');
  try {
    const api = await suite.bench.startApi({ OTEL_EXPORTER_OTLP_ENDPOINT: sink.url });
    const shop = shopClient(api.url);
    for (let index = 0; index < 30; index += 1) {
      expect((await finalAnswer(() => shop.buy({ customer: 'c-1', key: `k${index}`, lines }))).status).toBe(
        201,
      );
    }
    await eventually(
      () => expect(sink.received('/v1/traces').length).toBeGreaterThan(0),
      'an export to be tried',
    );
    const startedAt = performance.now();
    api.signal('SIGTERM');
    expect(await api.exited).toEqual({ code: 0, signal: null });
    // An export is given 2 s, and by default it would be 10; the rest is for a machine that stalls.
    expect(performance.now() - startedAt).toBeLessThan(9500);
  } finally {
    await sink.close();
  }
});
