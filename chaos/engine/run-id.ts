/** `<UTC yyyymmdd-hhmmss>-<experiment>-l<level>-s<seed>`: sorts by time, says what it was. */
export function runId(at: Date, experiment: string, level: number, seed: number): string {
  const digits = at.toISOString().replaceAll(/[-:]/g, '');
  return `${digits.slice(0, 8)}-${digits.slice(9, 15)}-${experiment}-l${level}-s${seed}`;
}
