import type { ReadRouter } from '../data/reads/read-router.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { feedQuerySchema, feedSchema } from './feed-schemas.ts';
import { readFeed } from './read-feed.ts';

export function feedEndpoints(reads: ReadRouter): readonly Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/feed',
      operation: 'feed',
      summary:
        'What is new for this customer: own orders, reviews of what was bought, cart articles back in stock.',
      query: feedQuerySchema,
      needs: { customer: true, key: false },
      answers: { 200: feedSchema },
      problems: [],
      handle: async ({ customer, query, deadline }) => {
        const { value, headers } = await reads.read('feed', deadline, (queries) =>
          readFeed(queries, customer, query),
        );
        return { status: 200, body: value, headers };
      },
    }),
  ];
}
