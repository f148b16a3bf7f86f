/**
 * Loaded with `--import` before the program: whoever asks for a tracer or a logger then gets the real one. Without
 * OTEL_EXPORTER_OTLP_ENDPOINT it does nothing at all.
 */
import { isMainThread } from 'node:worker_threads';

if (isMainThread && process.env['OTEL_EXPORTER_OTLP_ENDPOINT']) {
  const { startTelemetry } = await import('./open-telemetry.ts');
  startTelemetry(process.env['OTEL_EXPORTER_OTLP_ENDPOINT']);
}
