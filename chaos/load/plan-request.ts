import type { Journey, JourneyContext, JourneyRequest } from '../target.ts';
import { randomStream, wordOf } from './random.ts';

/** One arrival's request, as data. */
export interface PlannedRequest {
  readonly operation: string;
  readonly write: boolean;
  /** The ledger keeps the answer although this is a read. */
  readonly keepAnswer: boolean;
  readonly customer: string;
  readonly request: JourneyRequest;
  /** W3C trace context, so that even a request that never came back can be found by its trace. */
  readonly traceId: string;
  readonly spanId: string;
  readonly sampled: boolean;
}

export interface PlanOptions {
  readonly seed: number;
  readonly keyScope: string;
  readonly customers: number;
  readonly traceRatio: number;
}

const JOURNEY_STREAM = 2;
const TRACE_STREAM = 3;

/** Pure but for what `acknowledged` holds: the arrival's index and the seed decide everything else. */
export class RequestPlanner {
  readonly #journeys: readonly Journey[];
  readonly #byOperation: ReadonlyMap<string, Journey>;
  readonly #totalWeight: number;
  readonly #options: PlanOptions;
  readonly #scope: number;

  constructor(journeys: readonly Journey[], options: PlanOptions) {
    this.#journeys = journeys;
    this.#byOperation = new Map(journeys.map((journey) => [journey.operation, journey]));
    this.#totalWeight = journeys.reduce((sum, journey) => sum + journey.weight, 0);
    this.#options = options;
    this.#scope = wordOf(options.keyScope);
  }

  /** `undefined` when neither the drawn journey nor any of its fallbacks can be made. */
  plan(index: number, acknowledged: JourneyContext['acknowledged']): PlannedRequest | undefined {
    const random = randomStream(this.#options.seed, JOURNEY_STREAM, index);
    const customer = `c-${1 + Math.floor(random() * this.#options.customers)}`;
    let keys = 0;
    const context: JourneyContext = {
      random,
      customer,
      newKey: () => `${this.#options.keyScope}-${index}-${keys++}`,
      acknowledged,
    };
    const tried = new Set<Journey>();
    let journey = this.#draw(random());
    while (journey !== undefined && !tried.has(journey)) {
      tried.add(journey);
      const made = journey.request(context);
      if (made !== undefined) {
        const { customer: named, ...request } = made;
        const { operation, write, keepAnswer = false } = journey;
        return { operation, write, keepAnswer, customer: named ?? customer, request, ...this.#trace(index) };
      }
      journey = journey.fallback === undefined ? undefined : this.#byOperation.get(journey.fallback);
    }
    return undefined;
  }

  #draw(uniform: number): Journey | undefined {
    let left = uniform * this.#totalWeight;
    for (const journey of this.#journeys) {
      left -= journey.weight;
      if (left < 0) return journey;
    }
    return this.#journeys.at(-1);
  }

  #trace(index: number): Pick<PlannedRequest, 'traceId' | 'spanId' | 'sampled'> {
    const random = randomStream(this.#options.seed, TRACE_STREAM, this.#scope, index);
    const word = (): string =>
      Math.floor(random() * 2 ** 32)
        .toString(16)
        .padStart(8, '0');
    return {
      traceId: word() + word() + word() + word(),
      spanId: word() + word(),
      sampled: random() < this.#options.traceRatio,
    };
  }
}
