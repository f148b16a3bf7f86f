import type { Level } from '@firedrill/topology';
import { hostNetwork } from './container-context.ts';

/** The first two numbers of every address of a level: another lab, or a network of the host's own, may have them already. */
export const addressRange = { variable: 'FIREDRILL_NETWORKS', usual: '10.213' } as const;

/** How Compose is told them. */
const usualRange = `\${${addressRange.variable}:-${addressRange.usual}}`;

/** Who has which address of a network, the host's own being 1. */
const places = { host: 1, toxiproxy: 2, node: 3, visitor: 4 } as const;

const networkSize = 16;
const networksPerThird = 256 / networkSize;

/**
 * Pure: the subnet of a network, 16 addresses small: Docker's own pools have room for some thirty networks, which is less than one
 * level 4 and one level 1.
 */
export function subnetOf(level: Level, network: string, range = usualRange): string {
  const [third, first] = placeOf(level, network);
  return `${range}.${third}.${first}/28`;
}

/** Pure: an address that is the same after every start, so that whoever knows it need not ask again. */
export function addressIn(
  level: Level,
  network: string,
  who: keyof typeof places,
  range: string = usualRange,
): string {
  const [third, first] = placeOf(level, network);
  return `${range}.${third}.${first + places[who]}`;
}

function placeOf(level: Level, network: string): readonly [third: number, first: number] {
  const index = [hostNetwork, ...level.nodes.map(({ name }) => name)].indexOf(network);
  if (index < 0) throw new RangeError(`level ${level.number} has no network ${network}`);
  const third = networksPerThird * level.number + Math.floor(index / networksPerThird);
  return [third, (index % networksPerThird) * networkSize];
}
