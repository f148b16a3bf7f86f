import type { Queries } from '../data/database.ts';
import { DatabaseUnavailable } from '../data/database-errors.ts';
import type { Answer } from '../http/endpoint.ts';
import type { OrderParts } from './parts.ts';

/** A promotion has lost what a request had begun: the same key begins anew. */
export function lost(): DatabaseUnavailable {
  return new DatabaseUnavailable(
    'connection',
    new Error('the database has lost what this request had begun'),
  );
}

/**
 * What somebody else answered who moved an order first.
 * @throws {DatabaseUnavailable} where there is none: see {@link lost}.
 */
export async function storedAnswer(
  parts: OrderParts,
  queries: Queries,
  request: { readonly customer: string; readonly key: string },
): Promise<Answer> {
  const answer = await parts.keys.stored(queries, request.customer, request.key);
  if (answer !== undefined) return answer;
  throw lost();
}
