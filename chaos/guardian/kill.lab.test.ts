import { type Control, labLockHeld } from '@firedrill/lab/control';
import { sharedLab } from '@firedrill/lab/testing';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type KillPoint, killPoints, victims } from '../bench/kill-points.ts';
import { playKill } from '../bench/play-kill.ts';
import { until } from './testing/started-run.ts';

/** The promise. */
const healedWithinMs = 5000;

let home: string;
let control: Control;

beforeAll(async () => {
  const lab = await sharedLab(1);
  home = lab.state.home;
  control = lab.control;
});
afterEach(async () => {
  await until('the guardian lets go', () => !labLockHeld(home), 60_000);
  await control.healAll();
});

describe('seeded points of the kill matrix: the lab is whole within 5 s', () => {
  const title = ({ victim, variant = 'short', from, momentMs }: KillPoint) =>
    `kill -9 of ${victim}, ${variant}, ${momentMs} ms after the first ${from === 'load' ? 'request' : 'intent'}`;

  test.each(killPoints(1, victims.length).map((point) => [title(point), point] as const))(
    '%s',
    async (what, point) => {
      let stoodMs = 0;
      const { effects, healedMs } = await playKill(home, control, point, (ms) => {
        stoodMs = Math.round(ms);
      });
      process.stderr.write(
        `${what}: ${effects} effects in, healed after ${healedMs} ms, the machine stood still for ${stoodMs} ms\n`,
      );
      // The next command's own start is no part of the promise, and takes its time on a busy machine.
      const ownMs = (healedMs ?? Number.NaN) - stoodMs;
      expect(ownMs).toBeLessThan(healedWithinMs + (point.victim === 'both' ? 10_000 : 0));
    },
  );
});
