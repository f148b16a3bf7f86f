import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { renderProcessCompose } from '../render/process-compose.ts';
import { wiredLevel } from '../testing/wired-level.ts';
import { processEntry } from './process-table.ts';
import { idleProject, isSupervised } from './supervisor.ts';

describe('the project of a process-compose that is started anew', () => {
  const { state, processes } = wiredLevel(1);
  const whole = renderProcessCompose(state, processes);
  const read = (text: string) => parse(text) as { processes: Record<string, Record<string, unknown>> };

  it('starts nothing by itself, and can start each process as before', () => {
    const idle = read(idleProject(whole)).processes;
    for (const [name, { depends_on: _then, ...rest }] of Object.entries(read(whole).processes)) {
      expect(idle[name], name).toEqual({ ...rest, disabled: true });
    }
  });
});

describe('a lab is supervised', () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'firedrill-supervisor-'));
  });
  afterEach(() => rmSync(home, { recursive: true }));

  it('by a process that lives, is the one that was started, and is not held', async () => {
    expect(isSupervised({ home })).toBe(false);
    const child = spawn('sleep', ['60']);
    const tell = (startTime: string | undefined) =>
      writeFileSync(
        join(home, 'supervisor.json'),
        JSON.stringify({ executable: 'sleep', pid: child.pid, startTime }),
      );
    tell(processEntry(child.pid ?? 0)?.startTime);
    expect(isSupervised({ home })).toBe(true);
    child.kill('SIGSTOP');
    while (processEntry(child.pid ?? 0)?.stopped === false)
      await new Promise((resolve) => setTimeout(resolve, 10));
    expect(isSupervised({ home })).toBe(false);
    child.kill('SIGCONT');
    tell('1');
    expect(isSupervised({ home })).toBe(false);
    child.kill('SIGKILL');
  });
});
