import { spawn } from 'node:child_process';
import { endWithParent } from './end-with-parent.ts';

/** A program that is not ours, started in the foreground. */
export interface ChildProgram {
  output(): string;
  signal(signal: NodeJS.Signals): void;
  readonly ended: boolean;
  kill(): Promise<void>;
}

export function startChildProgram(command: string, args: readonly string[]): ChildProgram {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  endWithParent(child, 'KILL');
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text = (text + chunk).slice(-50_000);
    });
  }
  const exited = new Promise((resolve) => child.once('exit', resolve));
  return {
    output: () => text,
    signal: (signal) => child.kill(signal),
    get ended() {
      return child.exitCode !== null || child.signalCode !== null;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
