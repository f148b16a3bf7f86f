import type { Wire } from './wiring.ts';

/** A run starts its own load client on the node's ports: it is the users, not a part of the lab. */
export const wireLoadClient: Wire = () => undefined;
