/** Figures as text, the same under every locale and time zone. */

/** `1,501`. */
export function count(value: number): string {
  return String(Math.round(value)).replaceAll(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** `850 ms`, `9.31 s`, `2 min 05 s`; a sign where it is negative. */
export function duration(ms: number): string {
  const sign = ms < 0 ? '−' : '';
  const size = Math.abs(ms);
  // Limits at which the rounded figure would read 1000 ms or 60.00 s.
  if (size < 999.5) return `${sign}${Math.round(size)} ms`;
  if (size < 59_995) return `${sign}${(size / 1000).toFixed(2)} s`;
  const seconds = Math.round(size / 1000);
  return `${sign}${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

/** A duration, or a dash. */
export function durationOr(ms: number | null | undefined, none = '–'): string {
  return ms === null || ms === undefined ? none : duration(ms);
}

/** A ratio as percent with enough digits to tell it from zero: `98.5 %`, `0.125 %`, `0 %`. */
export function percent(ratio: number): string {
  const value = ratio * 100;
  if (value === 0) return '0 %';
  const size = Math.abs(value);
  if (size >= 10) return `${value.toFixed(1)} %`;
  if (size >= 1) return `${value.toFixed(2)} %`;
  return size >= 0.001 ? `${value.toFixed(3)} %` : '< 0.001 %';
}

/** `02:01:09.312`, UTC. */
export function clockTime(ms: number): string {
  return new Date(ms).toISOString().slice(11, 23);
}

/** `2026-11-23 02:00:00`, UTC. */
export function dateTime(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}

/** `1 order`, `2 orders`. */
export function plural(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`;
}
