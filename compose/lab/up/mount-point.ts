import { readFileSync, realpathSync } from 'node:fs';

/** Pure: the longest mount point of `/proc/<pid>/mountinfo` that a path lies below. */
export function longestMount(mountInfo: string, path: string): string {
  const points = mountInfo
    .split('\n')
    .map((line) => line.split(' ')[4] ?? '')
    .map((point) =>
      point.replaceAll(/\\(\d{3})/g, (_, octal) => String.fromCharCode(Number.parseInt(octal, 8))),
    )
    .filter((point) => point !== '' && `${path}/`.startsWith(point.endsWith('/') ? point : `${point}/`));
  return points.reduce((longest, point) => (point.length > longest.length ? point : longest), '/');
}

/** Where the file system is mounted that holds a folder. */
export function mountPointOf(folder: string): string {
  return longestMount(readFileSync('/proc/self/mountinfo', 'utf8'), realpathSync(folder));
}
