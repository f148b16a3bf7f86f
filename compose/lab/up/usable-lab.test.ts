import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { labHome, labIdOf } from '../control/lab-home.ts';
import { writeLabState } from '../control/lab-state-file.ts';
import { bootId } from '../control/process-table.ts';
import { findLab } from '../find-lab.ts';
import { engineStandIn, holding } from '../testing/engine-stand-in.ts';
import { plainState } from '../testing/plain-context.ts';
import type { LabEvent } from './events.ts';
import { usableLab } from './usable-lab.ts';

const level = 1;

it('a start in containers that was cut off before it wrote them down is no lab, and is taken down', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'firedrill-usable-'));
  vi.stubEnv('TMPDIR', folder);
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });
  const project = { containers: new Set(['c1']), networks: new Set(['n1']) };
  const { socket } = await engineStandIn(holding(project));
  const home = labHome(level);
  mkdirSync(home, { recursive: true });
  const docker = { socket, project: `firedrill-${labIdOf(level)}`, range: '10.214', containers: {} };
  writeLabState({
    ...plainState(level),
    ...{ labId: labIdOf(level), home, bootId: bootId(), runtime: 'docker', docker },
  });

  expect(await findLab(level)).toBeUndefined();
  const events: LabEvent[] = [];
  expect(await usableLab(level, { clock: 'drill' }, (event) => events.push(event))).toBeUndefined();
  expect(events).toEqual([{ type: 'cleaned', labId: labIdOf(level), why: 'it was killed' }]);
  expect(project).toEqual({ containers: new Set(), networks: new Set() });
  expect(existsSync(home)).toBe(false);
});
