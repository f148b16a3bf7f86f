import { connect } from 'node:net';
import { join } from 'node:path';
import type { LabState } from '../state.ts';

/** Of a load balancer that is busy, on a machine that stalls for some seconds. */
const deadlineMs = 8000;

/** In HAProxy's folder: where it takes an operator's commands. */
export const runtimeSocket = 'admin.sock';

/** One command of HAProxy's runtime API. @returns its answer. @throws when it does not answer in time. */
export function askHaproxy(state: Pick<LabState, 'home'>, edge: string, command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(join(state.home, edge, runtimeSocket));
    let answer = '';
    socket.setTimeout(deadlineMs, () => socket.destroy(new Error(`${edge} did not answer "${command}"`)));
    socket.setEncoding('utf8');
    socket.once('connect', () => socket.write(`${command}\n`));
    socket.on('data', (chunk: string) => {
      answer += chunk;
    });
    socket.once('error', reject);
    socket.once('end', () => resolve(answer.trim()));
  });
}
