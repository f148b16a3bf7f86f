import { networkInterfaces } from 'node:os';
import { FiredrillError } from '@firedrill/errors';
import { addressRange } from '../../render/compose/network-plan.ts';

/** 10.214 and so on: the usual one is left to whoever starts a compose file by hand. */
const seconds = Array.from({ length: 40 }, (_, index) => 214 + index);

/**
 * Pure: the first two numbers of addresses that no network of this machine has.
 * @param taken addresses and subnets that are in use.
 * @throws {FiredrillError} `port-taken`
 */
export function freeRange(taken: readonly string[]): string {
  const [first = '10'] = addressRange.usual.split('.');
  const free = seconds
    .map((second) => `${first}.${second}`)
    .find((range) => !taken.some((one) => one.startsWith(`${range}.`)));
  if (free !== undefined) return free;
  throw new FiredrillError('port-taken', 'no range of addresses is free for the lab’s networks', {
    where: `${first}.${seconds[0]}.0.0 and the next ${seconds.length - 1}`,
    fix: 'remove networks that nobody uses (`docker network prune`)',
  });
}

/** The addresses that this machine has itself: a bridge of Docker's has its first one. */
export const ownAddresses = (): readonly string[] =>
  Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address));
