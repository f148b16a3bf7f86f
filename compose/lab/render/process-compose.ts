import { join } from 'node:path';
import { stringify } from 'yaml';
import { logPath } from '../addresses.ts';
import type { LabState } from '../state.ts';
import type { Wired } from '../wiring/wiring.ts';
import { shellCommand, shellWord } from './shell.ts';

const conditions = {
  started: 'process_started',
  completed: 'process_completed_successfully',
} as const;

/**
 * Pure: process-compose.yaml. Nothing is restarted by itself: a node that a fault killed stays down until it is
 * started again. The processes write their logs themselves, so that they outlive process-compose and a restart appends.
 */
export function renderProcessCompose(
  state: Pick<LabState, 'home' | 'labId'>,
  processes: readonly Wired[],
): string {
  const rendered = processes.map((wired) => [wired.name, renderProcess(state, wired)] as const);
  return stringify(
    {
      version: '0.5',
      is_strict: true,
      disable_env_expansion: true,
      log_level: 'info',
      shell: { shell_command: '/bin/sh', shell_argument: '-c' },
      processes: Object.fromEntries(rendered),
    },
    { lineWidth: 0 },
  );
}

function renderProcess(state: Pick<LabState, 'home' | 'labId'>, wired: Wired): object {
  const log = shellWord(logPath(state, wired.name));
  const environment = { ...wired.env, FIREDRILL_LAB: state.labId, FIREDRILL_NODE: wired.name };
  const dependsOn = Object.entries(wired.dependsOn).map(
    ([name, condition]) => [name, { condition: conditions[condition] }] as const,
  );
  return {
    command: `exec >>${log} 2>&1; exec ${shellCommand(wired.argv)}`,
    working_dir: join(state.home, wired.name),
    environment: Object.entries(environment).map(([name, value]) => `${name}=${value}`),
    availability: { restart: 'no' },
    shutdown: { signal: 15, timeout_seconds: 2 },
    ...(dependsOn.length === 0 ? {} : { depends_on: Object.fromEntries(dependsOn) }),
  };
}
