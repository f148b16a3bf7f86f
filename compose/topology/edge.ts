/** `data` carries the shop, `telemetry` is cut with its node, `observer` (client, witness, checker) is never cut. */
export type Plane = 'data' | 'telemetry' | 'observer';

/** A directed connection, carried by one Toxiproxy proxy. Its name is `from:to`, or `from:to/port` beside a second one. */
export interface Edge {
  readonly name: string;
  /** The connecting node; `*` where one proxy must serve several, because all of them are told one address. */
  readonly from: string;
  /** Of an edge from `*`: the nodes that connect. */
  readonly sources?: readonly string[];
  /** The accepting node. */
  readonly to: string;
  /** The accepting node's named port. */
  readonly port: string;
  readonly plane: Plane;
  /**
   * The accepting node writes one address of its own into a store, for whoever looks for it there. Every source then has a
   * loopback address of its own, at which that port is the proxy of its edge.
   */
  readonly advertised?: true;
  /** What is spoken on it: how the witness makes a round trip. */
  readonly protocol: 'postgres' | 'http' | 'mongodb';
}

/** A connection between two nodes that no proxy carries: whatever cuts them off from each other would leave it. */
export interface Bypass {
  readonly from: string;
  readonly to: string;
  readonly plane: Plane;
  /** Why it has no proxy, as a clause. */
  readonly why: string;
}
