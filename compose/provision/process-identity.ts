import { readdirSync, readFileSync } from 'node:fs';

/** A process's start in clock ticks since boot: with the pid it names a process for ever, a reused pid does not match. */
function startOf(pid: number): string | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

/** `<pid>-<start>` of this process. */
export function ownIdentity(): string {
  return `${process.pid}-${startOf(process.pid) ?? '0'}`;
}

/** Whether the process of that identity still runs. */
export function isAlive(identity: string): boolean {
  const [pid, start] = identity.split('-');
  return start !== undefined && startOf(Number(pid)) === start;
}

/** The processes whose environment carries this assignment: the children of an owner that was killed. */
export function processesWithEnv(assignment: string): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(assignment);
      } catch {
        return false;
      }
    });
}

/** Ends a process now; one that is gone already is fine. */
export function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
