import type { Piece } from '@firedrill/chaos/report';
import { z } from 'zod';
import type { Source, Trace, TraceSpan } from './facts.ts';

/** What Jaeger answers: https://www.jaegertracing.io/docs/1.55/apis/#http-json */
const tracesSchema = z.object({
  data: z.array(
    z.object({
      traceID: z.string(),
      spans: z.array(
        z.object({
          spanID: z.string(),
          operationName: z.string(),
          references: z.array(z.object({ refType: z.string(), spanID: z.string() })),
          startTime: z.number(),
          duration: z.number(),
          tags: z.array(z.object({ key: z.string(), value: z.unknown() })),
          processID: z.string(),
        }),
      ),
      processes: z.record(z.string(), z.object({ serviceName: z.string() })),
    }),
  ),
});

type JaegerTrace = z.infer<typeof tracesSchema>['data'][number];
type JaegerSpan = JaegerTrace['spans'][number];

/** Pure: a trace as a tree in the order of its begin; none where the answer holds none. */
export function traceOf(piece: Piece | undefined, source: Source): readonly Trace[] {
  const parsed = tracesSchema.safeParse(piece?.answer);
  const trace = parsed.data?.data[0];
  if (piece === undefined || trace === undefined || trace.spans.length === 0) return [];
  const zero = Math.min(...trace.spans.map(({ startTime }) => startTime));
  const known = new Set(trace.spans.map(({ spanID }) => spanID));
  const parentOf = (span: JaegerSpan) => span.references.find(({ spanID }) => known.has(spanID))?.spanID;
  const below = Map.groupBy(
    trace.spans.toSorted((a, b) => a.startTime - b.startTime || b.duration - a.duration),
    parentOf,
  );
  const walk = (parent: string | undefined, depth: number): readonly TraceSpan[] =>
    (below.get(parent) ?? []).flatMap((span) => [
      spanOf(trace, span, depth, zero),
      ...walk(span.spanID, depth + 1),
    ]);
  return [{ id: trace.traceID, title: piece.what, source, spans: walk(undefined, 0) }];
}

function spanOf({ processes }: JaegerTrace, span: JaegerSpan, depth: number, zero: number): TraceSpan {
  const tag = (key: string) => span.tags.find((one) => one.key === key)?.value;
  const status = tag('http.response.status_code');
  const failed = tag('error') === true || tag('otel.status_code') === 'ERROR';
  const why = tag('otel.status_description') ?? (status === undefined ? 'failed' : `HTTP ${status}`);
  return {
    depth,
    service: processes[span.processID]?.serviceName ?? '?',
    operation: span.operationName,
    startMs: (span.startTime - zero) / 1000,
    tookMs: span.duration / 1000,
    error: failed ? String(why) : undefined,
  };
}
