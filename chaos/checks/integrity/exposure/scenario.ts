import type { NodeProcess } from '@firedrill/target-app/testing';
import type { Buyers, Purchase } from './buyers.ts';
import type { Relay } from './relay.ts';

/** What a scenario plays with: a shop behind two relays, and people who buy there. */
export interface Stage {
  /** Between the buyers and the api. */
  readonly front: Relay;
  /** Between the api and the payment provider. */
  readonly payment: Relay;
  readonly buyers: Buyers;
  readonly api: NodeProcess;
  /** The killed api's successor, at `url` of its own. */
  restart(): Promise<NodeProcess>;
  /** Purchases of one unit each, in an order and of SKUs that follow from the seed. */
  purchases(count: number): readonly Purchase[];
  /** Sets how many units of a SKU there are. */
  stock(sku: string, units: number): Promise<void>;
  /** Waits until no order is under way and no void is due, or until a good shop would have got there. */
  rest(): Promise<void>;
  readonly random: () => number;
}

/** One way to be unlucky, in which a certain mistake shows. */
export interface Scenario {
  readonly name: string;
  /** More environment for the api. */
  readonly env?: Readonly<Record<string, string>>;
  play(stage: Stage): Promise<void>;
}
