import { readFileSync } from 'node:fs';
import { isAlive, type ProcessIdentity, processEntry } from '@firedrill/lab/control';

/** In an argument or, since npm sets its title, in a line of words. */
const launcher = /(^|[/\s\0])(npx|npm|pnpm|yarn|corepack)([-.@/\s\0]|$)/;

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

/**
 * The processes between this one and the outermost npx or pnpm above it. A signal to npx does not reach the runner, so the
 * runner must see for itself that whoever started it is gone. A shell above them may go: that is `nohup`.
 */
export function launchersOf(pid = process.ppid): readonly ProcessIdentity[] {
  const line: ProcessIdentity[] = [];
  let outermost = 0;
  for (
    let entry = processEntry(pid);
    entry !== undefined && entry.pid > 1;
    entry = processEntry(entry.parent)
  ) {
    line.push(entry);
    if (launcher.test(commandOf(entry.pid))) outermost = line.length;
  }
  return line.slice(0, outermost);
}

/** Calls once when one of them is gone. @returns what ends the watch. */
export function watchLaunchers(onGone: () => void, everyMs = 250): () => void {
  const launchers = launchersOf();
  const timer = setInterval(() => {
    if (launchers.every((entry) => isAlive(entry))) return;
    clearInterval(timer);
    onGone();
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
