import { collectDefaultMetrics } from 'prom-client';
import { exitUnavailable, exitWithLine, readConfig } from '../config/read-config.ts';
import { listen, stopListening } from '../http/listen.ts';
import { liveness, metricsRoute, readiness } from '../http/plain-routes.ts';
import { serveEndpoints } from '../http/serve-endpoints.ts';
import { HttpMetrics, openMetricsRegistry } from '../telemetry/http-metrics.ts';
import { createLogger } from '../telemetry/logger.ts';
import { shutDownTelemetry } from '../telemetry/shutdown.ts';
import { ApiKeys } from './api-keys.ts';
import { callerGuard } from './caller-guard.ts';
import { paymentEndpoints } from './endpoints.ts';
import { Failure } from './failure.ts';
import { JournalUnwritable, openJournal } from './journal.ts';
import { paymentConfigSchema } from './payment-config.ts';
import { Provider } from './provider.ts';

const program = 'payment-provider';
const config = readConfig(program, paymentConfigSchema);
const logger = createLogger(program, config.NODE_NAME);
const registry = openMetricsRegistry();
collectDefaultMetrics({ register: registry });

const journal = await openJournal(config.PAYMENT_JOURNAL).catch((error: Error) =>
  exitWithLine(exitUnavailable, `${program}: cannot open the journal: ${error.message}`),
);
const keys = ApiKeys.open(config.PAYMENT_KEYS, config.PAYMENT_TOKEN);
const provider = new Provider(journal);
const app = serveEndpoints({
  endpoints: paymentEndpoints(provider, new Failure(), keys),
  plain: { '/livez': liveness, '/readyz': readiness(async () => {}), '/metrics': metricsRoute(registry) },
  guard: callerGuard(keys, config.PAYMENT_ADMIN_TOKEN ?? config.PAYMENT_TOKEN),
  deadlineMs: 2500,
  maxUnderWay: 1000,
  metrics: new HttpMetrics(registry),
  logger,
  // The books may now be ahead of the journal; only reading the journal again makes them one.
  onInternalError: (error) => {
    if (!(error instanceof JournalUnwritable)) return;
    exitWithLine(exitUnavailable, `${program}: the journal cannot be written: ${error.message}`);
  },
});
const server = await listen(program, app, {
  host: config.PAYMENT_HTTP_HOST,
  port: config.PAYMENT_HTTP_PORT,
});
logger.info({ port: config.PAYMENT_HTTP_PORT, lines: journal.entries.length }, 'listening');

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, async () => {
    await stopListening(server, 2500);
    await journal.close();
    logger.info('stopped');
    await shutDownTelemetry();
    process.exit(0);
  });
}
