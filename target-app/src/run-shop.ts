import { composeShop, type ShopSeams } from './compose-shop.ts';
import { listMigrations } from './data/migrate.ts';
import { readinessOf } from './data/readiness.ts';
import { sessionsFrom } from './data/session/session.ts';
import { warmUp } from './data/warm-up.ts';
import { listen, stopListening } from './http/listen.ts';
import { liveness, metricsRoute, readiness } from './http/plain-routes.ts';
import { serveEndpoints } from './http/serve-endpoints.ts';
import { adminRoutes } from './operations/admin.ts';
import { operatorGate } from './operations/gate.ts';
import { Settings } from './operations/settings.ts';
import { HttpMetrics } from './telemetry/http-metrics.ts';
import { createLogger } from './telemetry/logger.ts';
import { shutDownTelemetry } from './telemetry/shutdown.ts';
import { startWorker } from './workers/worker.ts';

/** The whole shop in this process: reads the environment, serves, works, and stops on SIGTERM or SIGINT. */
export async function runShop(program: string, seams: ShopSeams = {}): Promise<void> {
  const settings = Settings.read(program);
  const config = settings.started;
  const logger = createLogger('shop', config.NODE_NAME);
  const shop = composeShop(settings, logger, seams);
  const versions = (await listMigrations(config.SHOP_LEVEL)).map((migration) => migration.version);
  let stopping = false;
  const canServe = readinessOf(versions, shop.readyBy, config.SHOP_DATABASE_DEADLINE_MS);
  const ready = async () => {
    if (stopping) throw new Error('stopping');
    await canServe();
  };
  const app = serveEndpoints({
    endpoints: shop.endpoints,
    plain: { '/livez': liveness, '/readyz': readiness(ready), '/metrics': metricsRoute(shop.registry) },
    ...(config.SHOP_ADMIN_TOKEN === undefined
      ? {}
      : { admin: adminRoutes(config.SHOP_ADMIN_TOKEN, settings, logger) }),
    gate: operatorGate(() => settings.modes),
    deadlineMs: config.SHOP_REQUEST_DEADLINE_MS,
    ...(config.SHOP_LEVEL < sessionsFrom ? {} : { shard: config.SHOP_SHARD }),
    maxUnderWay: config.SHOP_MAX_UNDER_WAY,
    metrics: new HttpMetrics(shop.registry),
    logger,
  });
  await warmUp(shop.database, config.SHOP_POOL_SIZE);
  const server = await listen(program, app, { host: config.SHOP_HTTP_HOST, port: config.SHOP_HTTP_PORT });
  const workers = shop.workers.map((worker) => startWorker(worker, shop.host));
  const { SHOP_HTTP_PORT: port, SHOP_LEVEL: level, SHOP_RELEASE: release } = config;
  logger.info({ port, level, release }, 'listening');

  const stop = async (signal: string) => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, 'stopping');
    await stopListening(server, config.SHOP_REQUEST_DEADLINE_MS);
    await Promise.all(workers.map((worker) => worker.stop()));
    await shop.close();
    logger.info('stopped');
    await shutDownTelemetry();
    process.exit(0);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}
