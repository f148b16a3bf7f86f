import { shopSources } from '../../wiring/shop-sources.ts';
import type { Wired, WiringContext } from '../../wiring/wiring.ts';
import { containerKinds } from './container-kinds.ts';
import { addressIn } from './network-plan.ts';
import { interpolated } from './secrets.ts';
import { common, imageOf, type Service } from './service.ts';

/**
 * Pure: the one-shot that makes the shop's tables. It waits for a healthy primary instead of asking for it itself, and is the
 * only container in another's network: an operator's job goes straight at the server, natively too.
 */
export function migrateService(wired: Wired, { level, nodeJs, state }: WiringContext): Service {
  const { own, memory } = containerKinds['shop-api'];
  if (own === undefined) throw new RangeError('the shop has no image');
  return {
    name: wired.name,
    published: false,
    configs: [],
    volumes: [],
    definition: {
      ...imageOf(own),
      ...common,
      read_only: true,
      cap_drop: ['ALL'],
      tmpfs: ['/tmp'],
      entrypoint: [nodeJs],
      command: [shopSources(state).migrate],
      environment: Object.fromEntries(
        Object.entries(wired.env).map(([name, value]) => [name, interpolated(value)]),
      ),
      depends_on: { [state.primary]: { condition: 'service_healthy' } },
      networks: { [state.primary]: { ipv4_address: addressIn(level, state.primary, 'visitor') } },
      mem_limit: memory,
    },
  };
}
