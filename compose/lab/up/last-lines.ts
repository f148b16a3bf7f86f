import { readFileSync } from 'node:fs';

/** The last lines of a text file that are not empty; none when it cannot be read. */
export function lastLines(path: string, count: number): readonly string[] {
  try {
    const lines = readFileSync(path, 'utf8').split('\n');
    return lines.filter((line) => line.trim() !== '').slice(-count);
  } catch {
    return [];
  }
}
