import type { Gate } from '../http/turn-away.ts';
import type { Modes } from './modes.ts';
import { Shedding } from './shedding.ts';
import { worthOf } from './worth.ts';

/** Turns away what the operator's modes do not take. */
export function operatorGate(modes: () => Modes): Gate {
  const shedding = new Shedding();
  return (endpoint, request) => {
    const { readOnly, shedShare } = modes();
    if (readOnly && endpoint.method !== 'get') return 'read-only';
    const worth = worthOf(endpoint, 'q' in request.query);
    return shedding.turnsAway(worth, shedShare) ? 'shed-load' : undefined;
  };
}
