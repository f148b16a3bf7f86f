import type { Response } from 'express';

/**
 * Sends JSON and ends the answer. Not by Express' own `json`, which turns a GET with `If-None-Match: *` into a 304 though no
 * answer here has a version to compare with.
 */
export function sendJson(
  response: Response,
  status: number,
  body: unknown,
  type: 'application/json' | 'application/problem+json' = 'application/json',
): void {
  const text = JSON.stringify(body);
  response.statusCode = status;
  response.setHeader('Content-Type', `${type}; charset=utf-8`);
  response.setHeader('Content-Length', Buffer.byteLength(text));
  response.end(text);
}
