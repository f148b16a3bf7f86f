import { FiredrillError } from '@firedrill/errors';
import { nodesWithOwnDisk } from '@firedrill/lab/control';
import { z } from 'zod';
import { gauged, judgeFault } from '../witness/rules.ts';
import { colours } from './colours.ts';
import { effectsOf } from './effects.ts';
import type { Fault } from './fault.ts';
import { nodesOf } from './target.ts';

const params = z.strictObject({
  leaveKilobytes: z
    .number()
    .int()
    .nonnegative()
    .max(1_000_000)
    .default(0)
    .describe('what is left free when the fault begins, KB'),
});

/** Below this a disk of ours counts as full: less than a page of PostgreSQL’s. */
const fullBytes = 8192;

/**
 * No room is left on the node's own disk. The run's lab gives the node's data a small file system, and the fault makes that
 * smaller until nothing more fits: what the node meets is the kernel's own "No space left on device".
 */
export const diskFull: Fault<z.infer<typeof params>> = {
  name: 'disk-full',
  summary: 'the node’s own disk has no room left; it has again at the heal',
  colour: colours['disk-full'],
  params,
  gauge: 'disk',
  compile({ leaveKilobytes }, topology, target) {
    const nodes = nodesOf('disk-full', topology, target);
    const able = nodesWithOwnDisk(topology);
    const other = nodes.find((node) => !able.includes(node));
    if (other !== undefined) {
      throw new FiredrillError(
        'fault-refused',
        `${other} cannot have a disk of its own, which disk-full fills`,
        {
          where: 'target',
          fix: able.length === 0 ? 'take a level whose PostgreSQL has no standby' : `use ${able.join(', ')}`,
        },
      );
    }
    return {
      effects: effectsOf(
        nodes.map((node) => ({ kind: 'disk-fill', node, leaveBytes: 1024 * leaveKilobytes })),
      ),
      label: `disk-full: ${leaveKilobytes} KB left to ${nodes.join(', ')}`,
      expect: {
        leaveKilobytes,
        during: 'no room, and the node was told so',
        after: 'room again, and it answers',
      },
    };
  },
  judge: (expect, readings) => {
    const room = ({ freeBytes = 0 }: Readonly<Record<string, number>>): string =>
      `${Math.round(freeBytes / 1024)} KB free`;
    const most = 1024 * Number(expect.leaveKilobytes) + fullBytes;
    return judgeFault(expect, readings, [
      gauged('before', 'room on the disk', ({ freeBytes = 0 }) => freeBytes > most, room),
      gauged(
        'during',
        `at most ${Math.round(most / 1024)} KB free`,
        ({ freeBytes = Number.NaN }) => freeBytes <= most,
        room,
      ),
      {
        ...gauged(
          'during',
          'the node was refused room',
          ({ refused = 0 }) => refused > 0,
          ({ refused = 0 }) => `"No space left on device" ${refused} times in its log`,
        ),
        // Full it was, but nobody wrote: nothing is known of what a full disk does.
        otherwise: 'inconclusive',
      },
      gauged('after', 'room on the disk', ({ freeBytes = 0 }) => freeBytes > most, room),
    ]);
  },
};
