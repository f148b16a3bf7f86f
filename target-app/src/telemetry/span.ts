import { context, type Span, SpanStatusCode, trace } from '@opentelemetry/api';

const tracer = trace.getTracer('shop');

/** Runs a step of the shop's own story in a span of that name. */
export function inSpan<T>(name: string, step: (span: Span) => Promise<T>): Promise<T> {
  return tracer.startActiveSpan(name, async (span) => {
    try {
      return await step(span);
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'error' });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** The same, but only below a span that is recorded: what the chores do all the time is nobody's story. */
export function inChildSpan<T>(name: string, step: (span?: Span) => Promise<T>): Promise<T> {
  return trace.getSpan(context.active())?.isRecording() === true ? inSpan(name, step) : step();
}
