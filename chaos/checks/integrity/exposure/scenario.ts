import type { NodeProcess } from '@firedrill/target-app/testing';
import type { Bought, Buyers, Purchase } from './buyers.ts';
import type { Relay } from './relay.ts';
import type { Servers } from './servers.ts';

/** What a scenario plays with: a shop behind relays, and people who buy there. */
export interface Stage {
  /** Between the buyers and the api. */
  readonly front: Relay;
  /** Between the api and the payment provider. */
  readonly payment: Relay;
  /** Between the api and its database. */
  readonly database: Relay;
  readonly buyers: Buyers;
  readonly api: NodeProcess;
  readonly servers: Servers;
  /** The killed api's successor, at `url` of its own. */
  restart(): Promise<NodeProcess>;
  /** Purchases of one unit each, in an order and of SKUs that follow from the seed. */
  purchases(count: number): readonly Purchase[];
  /** Orders that are bought and acknowledged: of the first line so many units, of a second, dearer one as many. */
  bought(count: number, quantity: number): Promise<readonly Bought[]>;
  /** From now on everything in the catalogue costs this share of its price. */
  sale(share: number): Promise<void>;
  /** Waits until no committed event waits for the projection any more, at most so long. */
  projected(withinMs: number): Promise<void>;
  /** How many of the shop's sessions wait for a lock now. */
  blocked(): Promise<number>;
  /** Sets how many units of a SKU there are. */
  stock(sku: string, units: number): Promise<void>;
  /** Waits until no order is under way and no void is due, or until a good shop would have got there. */
  rest(): Promise<void>;
  readonly random: () => number;
}

/** One way to be unlucky, in which a certain mistake shows. */
export interface Scenario {
  readonly name: string;
  /** 4: on three servers of its own, of which two have each commit. By default on one. */
  readonly level?: 4;
  /** More environment for the api. */
  readonly env?: Readonly<Record<string, string>>;
  /** Settings of the database for the shop's sessions. */
  readonly settings?: Readonly<Record<string, string>>;
  play(stage: Stage): Promise<void>;
}
