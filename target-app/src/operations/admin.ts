import express, { type RequestHandler } from 'express';
import { answerProblem } from '../http/answer-problem.ts';
import { bearerGuard } from '../http/bearer-guard.ts';
import { problemBody } from '../http/problem.ts';
import { sendJson } from '../http/send-json.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Settings } from './settings.ts';

/** The operator's door: what is switched on, and the settings file to be read again. */
export function adminRoutes(token: string, settings: Settings, logger: Logger): RequestHandler {
  const reading = () => ({ ...settings.modes, release: settings.started.SHOP_RELEASE });
  const routes = express.Router();
  routes.use(bearerGuard(token));
  routes.get('/settings', (_request, response) => sendJson(response, 200, reading()));
  routes.post('/reload', (_request, response) => {
    const result = settings.reload();
    if (result.kind === 'refused') {
      logger.error({ problem: result.problem }, 'the settings file is not valid; nothing was changed');
      const body = problemBody('invalid-settings', { detail: result.problem });
      sendJson(response, body.status, body, 'application/problem+json');
      return;
    }
    const { waiting } = result;
    logger.info({ ...reading(), waiting }, 'settings read again');
    sendJson(response, 200, { ...reading(), waiting });
  });
  routes.use(answerProblem(logger));
  return routes;
}
