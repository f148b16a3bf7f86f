import { cartEndpoints } from './cart/cart-endpoints.ts';
import { catalogueEndpoints } from './catalogue/catalogue-endpoints.ts';
import type { Endpoint } from './http/endpoint.ts';
import { describeEndpoints } from './http/openapi/document.ts';
import { openApiEndpoint } from './http/openapi/openapi-endpoint.ts';
import { type OrderServices, orderEndpoints } from './order/order-endpoints.ts';

/** Every endpoint of the shop. */
export function shopEndpoints(services: OrderServices): readonly Endpoint[] {
  const endpoints = [
    ...catalogueEndpoints(services.database),
    ...cartEndpoints(services.database),
    ...orderEndpoints(services),
  ];
  return [...endpoints, openApiEndpoint(endpoints)];
}

/** The shop's OpenAPI document, as GET /openapi.json answers it. */
export function openapiDocument(): Record<string, unknown> {
  // Describing calls no handler, so nothing behind them is needed.
  return describeEndpoints(shopEndpoints({} as OrderServices));
}
