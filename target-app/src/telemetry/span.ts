import { SpanStatusCode, trace } from '@opentelemetry/api';

const tracer = trace.getTracer('shop');

/** Runs a step of the shop's own story in a span of that name. */
export function inSpan<T>(name: string, step: () => Promise<T>): Promise<T> {
  return tracer.startActiveSpan(name, async (span) => {
    try {
      return await step();
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'error' });
      throw error;
    } finally {
      span.end();
    }
  });
}
