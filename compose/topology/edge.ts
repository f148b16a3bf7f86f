/** `data` carries the shop, `telemetry` is cut with its node, `observer` (client, witness, checker) is never cut. */
export type Plane = 'data' | 'telemetry' | 'observer';

/** A directed connection, carried by one Toxiproxy proxy. Its name is `from:to`, or `from:to/port` beside a second one. */
export interface Edge {
  readonly name: string;
  /** The connecting node. */
  readonly from: string;
  /** The accepting node. */
  readonly to: string;
  /** The accepting node's named port. */
  readonly port: string;
  readonly plane: Plane;
  /** What is spoken on it: how the witness makes a round trip. */
  readonly protocol: 'postgres' | 'http';
}

/** A connection between two nodes that no proxy carries: whatever cuts them off from each other would leave it. */
export interface Bypass {
  readonly from: string;
  readonly to: string;
  readonly plane: Plane;
  /** Why it has no proxy, as a clause. */
  readonly why: string;
}
