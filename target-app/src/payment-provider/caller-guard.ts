import type { RequestHandler } from 'express';
import { bearerGuard } from '../http/bearer-guard.ts';
import { Problem } from '../http/problem.ts';
import type { ApiKeys } from './api-keys.ts';

/** Lets customers in by an API key, and the provider's own operator to `/admin` by another token. */
export function callerGuard(keys: ApiKeys, adminToken: string): RequestHandler {
  const admin = bearerGuard(adminToken);
  return (request, response, next) => {
    if (request.path.startsWith('/admin/')) {
      admin(request, response, next);
      return;
    }
    const [, key] = /^Bearer (.+)$/.exec(request.get('authorization') ?? '') ?? [];
    if (key === undefined || !keys.accepts(key)) throw new Problem('unauthorized');
    next();
  };
}
