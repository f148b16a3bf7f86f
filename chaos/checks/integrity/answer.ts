/** What the shop said of an order in a 2xx. */
export interface OrderAnswer {
  readonly orderId: string;
  readonly status: string;
  readonly totalCents: number;
  readonly lines: readonly OrderLine[];
}

export interface OrderLine {
  readonly sku: string;
  readonly quantity: number;
  readonly unitCents: number;
}

/** The order in an answer's body; `undefined` when the body is not one. By hand, since it runs once per operation. */
export function orderAnswer(body: unknown): OrderAnswer | undefined {
  if (!isRecord(body)) return undefined;
  const { orderId, status, totalCents, lines } = body;
  if (typeof orderId !== 'string' || typeof status !== 'string' || typeof totalCents !== 'number')
    return undefined;
  if (!Array.isArray(lines)) return undefined;
  // The answer as it came, where it is one: it is kept anyway.
  return lines.every(isOrderLine)
    ? (body as unknown as OrderAnswer)
    : { orderId, status, totalCents, lines: lines.filter(isOrderLine) };
}

/** The lines that a checkout asked for; `undefined` when it named a cart instead. */
export function requestedLines(body: unknown): readonly { sku: string; quantity: number }[] | undefined {
  if (!isRecord(body) || !Array.isArray(body.lines)) return undefined;
  return body.lines.every(isRequestedLine) ? body.lines : body.lines.filter(isRequestedLine);
}

/** The id in the answer to a review that was acknowledged. */
export function reviewIdIn({ response }: { readonly response: unknown }): string | undefined {
  return isRecord(response) && typeof response.reviewId === 'string' ? response.reviewId : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isRequestedLine(value: unknown): value is { sku: string; quantity: number } {
  return isRecord(value) && typeof value.sku === 'string' && typeof value.quantity === 'number';
}

function isOrderLine(value: unknown): value is OrderLine {
  return isRequestedLine(value) && 'unitCents' in value && typeof value.unitCents === 'number';
}
