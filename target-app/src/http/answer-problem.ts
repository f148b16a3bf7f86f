import type { ErrorRequestHandler } from 'express';
import { LogBudget } from '../telemetry/log-budget.ts';
import type { Logger } from '../telemetry/logger.ts';
import { routeOf } from './observe-requests.ts';
import type { Problem } from './problem.ts';
import { problemOf } from './problem-of.ts';
import { retryAfterSeconds } from './retry-after.ts';
import { sendJson } from './send-json.ts';

/**
 * The one place where an error becomes an answer.
 * @param onInternalError hears of an error that nobody foresaw.
 */
export function answerProblem(
  logger: Logger,
  onInternalError?: (error: unknown) => void,
): ErrorRequestHandler {
  const budget = new LogBudget();
  return (error, request, response, _next) => {
    const problem = problemOf(error);
    const { body } = problem;
    if (body.status >= 500) logFailure(logger, budget, problem, request.method, routeOf(response));
    if (body.code === 'internal') onInternalError?.(error);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    if (body.status === 503) response.set('Retry-After', String(retryAfterSeconds(body.code)));
    sendJson(response, body.status, body, 'application/problem+json');
  };
}

function logFailure(
  logger: Logger,
  budget: LogBudget,
  problem: Problem,
  method: string,
  route: string,
): void {
  const { code } = problem.body;
  const fields = { err: problem.cause ?? problem, code, method, route };
  if (code === 'internal') {
    logger.error(fields, 'request failed');
    return;
  }
  const { write, leftOut } = budget.take(code);
  if (write) logger.warn(leftOut === 0 ? fields : { ...fields, leftOut }, 'request failed');
}
