import { type ChildProcess, spawn } from 'node:child_process';

/** Waits for the end of its input, then ends a process, if it is still the same one. */
const watcher = `
started() { cut -d' ' -f22 "/proc/$1/stat" 2>/dev/null; }
at=$(started "$1"); cat >/dev/null
[ -n "$at" ] && [ "$at" = "$(started "$1")" ] && kill "-$2" "$1"`;

/** Sees to it that a child does not outlive this process, however that ends: the watcher's input closes with it. */
export function endWithParent(child: ChildProcess, signal: 'QUIT' | 'KILL'): void {
  if (child.pid === undefined) return;
  const watching = spawn('/bin/sh', ['-c', watcher, 'end-with-parent', String(child.pid), signal], {
    stdio: ['pipe', 'ignore', 'ignore'],
    // Ctrl-C at the terminal reaches the whole group; the watcher must live to see the parent's end.
    detached: true,
  });
  child.once('exit', () => {
    if (watching.pid !== undefined) process.kill(-watching.pid, 'SIGKILL');
  });
}
