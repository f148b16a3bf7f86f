import { trace } from '@opentelemetry/api';
import { type Logger, multistream, pino } from 'pino';
import { otlpLogStream } from './otlp-log-stream.ts';

export type { Logger } from 'pino';

/** Names of fields whose values are never written, wherever they stand up to two levels deep. */
const secretFields = ['token', 'card', 'authorization', 'password', 'connectionString', 'card_token'];

/**
 * JSON lines on stdout and, when the preload has set up OpenTelemetry, the same records by OTLP. Each carries the trace
 * it belongs to.
 */
export function createLogger(service: string, node: string): Logger {
  return pino(
    {
      base: { service, node },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: secretFields.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]),
        censor: '[secret]',
      },
      serializers: { err: describeError },
      mixin: () => {
        const span = trace.getActiveSpan()?.spanContext();
        return span === undefined ? {} : { trace_id: span.traceId, span_id: span.spanId };
      },
    },
    multistream([{ stream: process.stdout }, { stream: otlpLogStream() }]),
  );
}

/** Type, message, code and stack; not the own fields, where node-postgres keeps the row's values. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error);
  return {
    type: error.name,
    message: error.message,
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    ...(error.cause instanceof Error ? { cause: error.cause.message } : {}),
    stack: error.stack,
  };
}
