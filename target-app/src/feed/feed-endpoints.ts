import { type Endpoint, endpoint } from '../http/endpoint.ts';
import type { FeedReader } from './feed-reader.ts';
import { feedQuerySchema, feedSchema } from './feed-schemas.ts';

export function feedEndpoints(feed: FeedReader): readonly Endpoint[] {
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
        const { value, headers } = await feed(customer, query, deadline);
        return { status: 200, body: value, headers };
      },
    }),
  ];
}
