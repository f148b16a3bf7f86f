import { existsSync, readFileSync } from 'node:fs';

/** USER_HZ, which Linux has fixed at 100 for what it tells programs. */
const hertz = 100;

interface Times {
  readonly own: number;
  /** Of children that have ended. */
  readonly ended: number;
}

/** proc(5), /proc/<pid>/stat; the command's name may hold spaces, so the fields are counted from its closing bracket. */
function timesOf(pid: number): Times {
  const path = `/proc/${pid}/stat`;
  if (!existsSync(path)) return { own: 0, ended: 0 };
  const fields = readFileSync(path, 'utf8').split(') ').at(-1)!.split(' ').map(Number);
  const [utime = 0, stime = 0, cutime = 0, cstime = 0] = fields.slice(11, 15);
  return { own: (utime + stime) / hertz, ended: (cutime + cstime) / hertz };
}

/** CPU that a process has used, seconds. */
export const cpuSeconds = (pid: number): number => timesOf(pid).own;

/** CPU that a PostgreSQL has used, with all its backends, seconds. */
export function postgresCpuSeconds(postmaster: number): number {
  const children = readFileSync(`/proc/${postmaster}/task/${postmaster}/children`, 'utf8');
  const { own, ended } = timesOf(postmaster);
  return children
    .trim()
    .split(/\s+/)
    .filter(Boolean)
    .reduce((sum, pid) => sum + cpuSeconds(Number(pid)), own + ended);
}
