/**
 * What the shop's users do, as plain data: the shop knows nothing of who replays it. A load client that has the same
 * shapes can take these as they are.
 */
export interface JourneyRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  readonly key?: string;
}

export interface Acknowledged {
  readonly operation: string;
  readonly customer: string;
  readonly response: unknown;
}

export interface JourneyContext {
  readonly random: () => number;
  readonly customer: string;
  readonly newKey: () => string;
  /** Newest last. */
  readonly acknowledged: readonly Acknowledged[];
}

export interface Journey {
  readonly operation: string;
  readonly weight: number;
  readonly write: boolean;
  /** The client writes down the answer's body although this is a read. */
  readonly keepAnswer?: boolean;
  request(context: JourneyContext): (JourneyRequest & { readonly customer?: string }) | undefined;
  readonly fallback?: string;
}
