import { cartEndpoints } from './cart/cart-endpoints.ts';
import { catalogueEndpoints } from './catalogue/catalogue-endpoints.ts';
import type { Database } from './data/database.ts';
import { feedEndpoints } from './feed/feed-endpoints.ts';
import type { FeedReader } from './feed/feed-reader.ts';
import { historyEndpoints } from './history/history-endpoints.ts';
import type { Endpoint } from './http/endpoint.ts';
import { describeEndpoints } from './http/openapi/document.ts';
import { openApiEndpoint } from './http/openapi/openapi-endpoint.ts';
import { invoiceEndpoints } from './invoice/invoice-endpoints.ts';
import { type OrderServices, orderEndpoints } from './order/order-endpoints.ts';
import { returnEndpoints } from './return/return-endpoints.ts';
import type { ReturnGoods } from './return/return-goods.ts';
import { type ReviewServices, reviewEndpoints } from './review/review-endpoints.ts';

/** What the endpoints' handlers call. */
export interface ShopServices extends OrderServices, ReviewServices {
  readonly database: Database;
  readonly returnGoods: ReturnGoods;
  readonly feed: FeedReader;
}

/** Every endpoint of the shop. */
export function shopEndpoints(services: ShopServices): readonly Endpoint[] {
  const endpoints = [
    ...catalogueEndpoints(services.reads),
    ...cartEndpoints(services.database, services.reads),
    ...reviewEndpoints(services),
    // Before the orders' own: `history` is not an order's id.
    ...historyEndpoints(services.reads),
    ...orderEndpoints(services),
    ...returnEndpoints(services.returnGoods),
    ...invoiceEndpoints(services.reads),
    ...feedEndpoints(services.feed),
  ];
  return [...endpoints, openApiEndpoint(endpoints)];
}

/** The shop's OpenAPI document, as GET /openapi.json answers it. */
export function openapiDocument(): Record<string, unknown> {
  // Describing calls no handler, so nothing behind them is needed.
  return describeEndpoints(shopEndpoints({} as ShopServices));
}
