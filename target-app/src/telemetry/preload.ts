/**
 * Loaded with `--import` before the program, because what is imported first can no longer be wrapped. Without
 * OTEL_EXPORTER_OTLP_ENDPOINT it does nothing at all.
 */
import { isMainThread } from 'node:worker_threads';

if (isMainThread && process.env['OTEL_EXPORTER_OTLP_ENDPOINT']) {
  const { register } = await import('import-in-the-middle/register-hooks.mjs');
  register({ include: ['express', 'pg', 'pg-pool', 'http', 'node:http'] });
  const { startTelemetry } = await import('./open-telemetry.ts');
  startTelemetry(process.env['OTEL_EXPORTER_OTLP_ENDPOINT']);
}
