/** Every error code the shop answers with, its HTTP status and its meaning. RFC 9457 problem types. */
export const problems = {
  'malformed-json': { status: 400, title: 'The body is not JSON.' },
  'invalid-request': { status: 400, title: 'The request does not have the shape it must have.' },
  'bad-http': { status: 400, title: 'The request is not valid HTTP.' },
  'idempotency-key-missing': { status: 400, title: 'This request needs an Idempotency-Key header.' },
  'customer-missing': { status: 401, title: 'This request needs an X-Customer header.' },
  unauthorized: { status: 401, title: 'The bearer token is missing or wrong.' },
  'card-declined': { status: 402, title: 'The card was declined; no money was taken.' },
  'not-a-buyer': { status: 403, title: 'Only customers who bought the product review it.' },
  'no-such-route': { status: 404, title: 'There is nothing at this path.' },
  'product-not-found': { status: 404, title: 'There is no such product.' },
  'order-not-found': { status: 404, title: 'This customer has no such order.' },
  'cart-not-found': { status: 404, title: 'This customer has no such cart.' },
  'capture-not-found': { status: 404, title: 'No capture or void was ever asked for under this key.' },
  'method-not-allowed': { status: 405, title: 'This path does not know this method.' },
  'request-timeout': { status: 408, title: 'The request did not arrive in time.' },
  'idempotency-key-in-flight': {
    status: 409,
    title: 'A request with this key is being worked on; ask again.',
  },
  'out-of-stock': { status: 409, title: 'There is not enough stock; nothing was ordered.' },
  'hold-expired': {
    status: 409,
    title: 'The payment came too late; the order was given up and no money is kept.',
  },
  'checkout-voided': { status: 409, title: 'The checkout was given up; no money is kept. Use a new key.' },
  'order-not-cancellable': {
    status: 409,
    title: 'The order cannot be cancelled: it is over, or goods of it come back.',
  },
  'order-not-returnable': {
    status: 409,
    title: 'The order is in a state in which nothing of it can be returned.',
  },
  'return-exceeds-order': { status: 409, title: 'More would be returned than was bought.' },
  'already-reviewed': { status: 409, title: 'This customer has reviewed this product before.' },
  'order-not-invoiced': { status: 409, title: 'Nothing was paid for this order, so it has no invoice.' },
  'invoice-pending': { status: 409, title: 'The invoice is being issued; ask again in a moment.' },
  'cart-version-conflict': { status: 409, title: 'The cart was changed meanwhile.' },
  'no-such-capture': { status: 409, title: 'There is no standing capture to refund.' },
  'body-too-large': { status: 413, title: 'The body is too large.' },
  'unsupported-media-type': { status: 415, title: 'The body must be JSON in UTF-8.' },
  'idempotency-key-reused': { status: 422, title: 'This key was used for another request.' },
  'unknown-product': { status: 422, title: 'The order names a product that does not exist.' },
  'line-not-in-order': {
    status: 422,
    title: 'The return names a product that was not bought with this order.',
  },
  'cart-empty': { status: 422, title: 'The cart has no lines.' },
  'exceeds-capture': { status: 422, title: 'Refunds cannot exceed the capture.' },
  'headers-too-large': { status: 431, title: 'The headers are too large.' },
  internal: { status: 500, title: 'A bug in the shop.' },
  'database-unavailable': {
    status: 503,
    title: 'The database does not answer; try again with the same key.',
  },
  busy: { status: 503, title: 'Too much is going on; try again with the same key.' },
  'not-ready': { status: 503, title: 'This process cannot serve yet.' },
  'payment-unavailable': {
    status: 503,
    title: 'The payment provider cannot be reached; try again with the same key.',
  },
  'payment-timeout': {
    status: 504,
    title: 'The payment provider did not answer in time; try again with the same key.',
  },
  'deadline-exceeded': {
    status: 504,
    title: 'The request could not be done in time; try again with the same key.',
  },
} as const satisfies Record<string, { readonly status: number; readonly title: string }>;

export type ProblemCode = keyof typeof problems;
