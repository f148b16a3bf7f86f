import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Action } from '@firedrill/lab/control';
import { levelByNumber } from '@firedrill/topology';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ModelLab } from '../engine/testing/model-lab.ts';
import { Guardian } from './guardian.ts';
import { IntentLog } from './intent-log.ts';

const refuse: Action = { kind: 'edge-disable', edge: 'api-1:pg-1' };

let home: string;
let lab: ModelLab;
let log: IntentLog;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'firedrill-guardian-'));
  lab = new ModelLab(levelByNumber(1));
  log = new IntentLog(join(home, 'intents.jsonl'));
});
afterEach(() => {
  log.close();
  rmSync(home, { recursive: true });
});

describe('an effect', () => {
  const order = (guardian: Guardian, epoch = guardian.epoch) => guardian.apply(epoch, 'refuse', refuse);

  test('goes in while the runner’s word holds', async () => {
    await order(new Guardian(lab, log, 'r', 1e6));
    expect(lab.wounds).toHaveLength(1);
    expect(log.open).toHaveLength(1);
    expect(log.unsettled).toEqual([]);
  });

  test.each<[string, () => Promise<unknown>]>([
    [
      'stale-epoch',
      () => {
        const first = new Guardian(lab, log, 'first', 1e6);
        return order(new Guardian(lab, log, 'second', 1e6), first.epoch);
      },
    ],
    ['lease-expired', () => order(new Guardian(lab, log, 'r', -1))],
    [
      'halted',
      () => {
        const guardian = new Guardian(lab, log, 'r', 1e6);
        guardian.halt('the kill switch');
        return order(guardian);
      },
    ],
  ])('is refused with %s, and leaves no trace', async (code, ordered) => {
    await expect(ordered()).rejects.toMatchObject({ code });
    expect(lab.wounds).toEqual([]);
    expect(log.open).toEqual([]);
  });

  test('that was ordered before a halt, and waits behind a heal, does not go in after it', async () => {
    const guardian = new Guardian(lab, log, 'r', 1e6);
    const healed = guardian.heal();
    const late = order(guardian);
    guardian.halt('the kill switch');
    await healed;
    await expect(late).rejects.toMatchObject({ code: 'halted' });
    expect(lab.wounds).toEqual([]);
  });

  test('that fails half-way stays open until it is healed', async () => {
    const guardian = new Guardian(lab, log, 'r', 1e6);
    const update: Action = {
      kind: 'toxic-update',
      edge: 'api-1:pg-1',
      toxic: { name: 't', type: 'latency', stream: 'downstream', toxicity: 1, attributes: {} },
    };
    await expect(guardian.apply(guardian.epoch, 'latency', update)).rejects.toThrow('404');
    expect(log.unsettled).toHaveLength(1);
    await guardian.heal();
    expect(log.open).toEqual([]);
  });
});
