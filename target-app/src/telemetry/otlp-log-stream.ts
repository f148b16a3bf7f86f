import {
  type Attributes,
  type Logger,
  logs,
  ROOT_CONTEXT,
  SeverityNumber,
  TraceFlags,
  trace,
} from '@opentelemetry/api';

const severities: Readonly<Record<number, readonly [SeverityNumber, string]>> = {
  10: [SeverityNumber.TRACE, 'TRACE'],
  20: [SeverityNumber.DEBUG, 'DEBUG'],
  30: [SeverityNumber.INFO, 'INFO'],
  40: [SeverityNumber.WARN, 'WARN'],
  50: [SeverityNumber.ERROR, 'ERROR'],
  60: [SeverityNumber.FATAL, 'FATAL'],
};

/** A pino destination that hands each line to OpenTelemetry's logger: without an SDK it does nothing. */
export function otlpLogStream(): { write(line: string): void } {
  let logger: Logger | undefined;
  return {
    write: (line) => {
      logger ??= logs.getLogger('pino');
      emit(logger, JSON.parse(line));
    },
  };
}

function emit(logger: Logger, record: Record<string, unknown>): void {
  const { level, time, msg, trace_id, span_id, service: _service, node: _node, ...rest } = record;
  const [severityNumber, severityText] = severities[Number(level)] ?? [SeverityNumber.INFO, 'INFO'];
  const context =
    typeof trace_id === 'string' && typeof span_id === 'string'
      ? trace.setSpanContext(ROOT_CONTEXT, {
          traceId: trace_id,
          spanId: span_id,
          traceFlags: TraceFlags.SAMPLED,
        })
      : ROOT_CONTEXT;
  logger.emit({
    timestamp: new Date(String(time)),
    severityNumber,
    severityText,
    body: String(msg ?? ''),
    attributes: flatten(rest),
    context,
  });
}

/** Log attributes are shown by their names, so `err.message` is one attribute and not a nested map. */
function flatten(fields: Record<string, unknown>, prefix = ''): Attributes {
  const attributes: Attributes = {};
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      attributes[prefix + name] = value;
    } else if (typeof value === 'object' && value !== null) {
      Object.assign(attributes, flatten(value as Record<string, unknown>, `${prefix}${name}.`));
    }
  }
  return attributes;
}
