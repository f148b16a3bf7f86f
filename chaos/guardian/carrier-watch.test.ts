import type { Carrier } from '@firedrill/lab/control';
import { beforeEach, expect, test } from 'vitest';
import { CarrierWatch } from './carrier-watch.ts';

const toxiproxy: Carrier = { name: 'Toxiproxy', pid: 1, startTime: '1' };
const supervisor: Carrier = { name: 'process-compose', pid: 2, startTime: '1' };

let found: readonly Carrier[];
let dead: ReadonlySet<Carrier>;
let looks: number;
let now: number;
let watch: CarrierWatch;
beforeEach(() => {
  [found, dead, looks, now] = [[toxiproxy, supervisor], new Set(), 0, 0];
  watch = new CarrierWatch(
    () => {
      looks += 1;
      return found;
    },
    (carrier) => !dead.has(carrier),
    () => now,
  );
});

test('a carrier that dies is told of once', () => {
  expect(watch.look()).toBe(undefined);
  dead = new Set([supervisor]);
  expect(watch.look()).toBe('process-compose');
  found = [toxiproxy];
  expect(watch.look()).toBe(undefined);
});

test('a lab that is not up yet misses nothing, and is asked seldom', () => {
  found = [supervisor];
  expect(watch.look()).toBe(undefined);
  expect(watch.look()).toBe(undefined);
  expect(looks).toBe(1);
  now = 1000;
  found = [toxiproxy, supervisor];
  expect(watch.look()).toBe(undefined);
  dead = new Set([toxiproxy]);
  expect(watch.look()).toBe('Toxiproxy');
});

test('a heal may replace them', async () => {
  watch.look();
  await watch.heal(async () => {
    dead = new Set([toxiproxy]);
    expect(watch.look()).toBe(undefined);
    found = [{ ...toxiproxy, pid: 3 }, supervisor];
  });
  expect(watch.look()).toBe(undefined);
});
