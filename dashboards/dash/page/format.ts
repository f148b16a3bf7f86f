import type { Panel } from '../../panel.ts';

/** Never rounded up to 100 % while something is missing, nor down to 0 % while something is there. */
export function percent(ratio: number | null, digits = 2): string {
  if (ratio === null) return '–';
  const rounded = Number((100 * ratio).toFixed(digits));
  if (rounded === 100 && ratio < 1) return `>${(100 - 10 ** -digits).toFixed(digits)} %`;
  if (rounded === 0 && ratio > 0) return `<${(10 ** -digits).toFixed(digits)} %`;
  return `${rounded} %`;
}

/** A length of time in its two largest units: `1 h 12 min`, `4.2 s`. */
export function length(ms: number): string {
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  const units: readonly (readonly [number, string])[] = [
    [86_400, 'd'],
    [3600, 'h'],
    [60, 'min'],
    [1, 's'],
  ];
  const first = units.findIndex(([size]) => seconds >= size);
  const [[size, unit] = [1, 's'], below] = units.slice(first);
  const rest = below === undefined ? 0 : Math.floor((seconds % size) / below[0]);
  return `${Math.floor(seconds / size)} ${unit}${rest === 0 ? '' : ` ${rest} ${below?.[1]}`}`;
}

/** `12:03:04`, UTC. */
export const clockTime = (iso: string): string => new Date(iso).toISOString().slice(11, 19);

/** `11-29 12:03:04`, UTC. */
export const dayTime = (iso: string): string => new Date(iso).toISOString().slice(5, 19).replace('T', ' ');

export const seconds = (ms: number | null): string => (ms === null ? '–' : `${(ms / 1000).toFixed(1)} s`);

/** A burn rate; 1 lasts exactly for the period. */
export const burn = (rate: number | null): string =>
  rate === null ? '–' : rate >= 100 ? rate.toFixed(0) : rate.toFixed(1);

/** A value of a panel, with its unit. */
export function figure(value: number | null, unit: Panel['unit']): string {
  if (value === null) return '–';
  switch (unit) {
    case 'percentunit':
      return percent(value);
    case 's':
      return value !== 0 && Math.abs(value) < 1 ? `${short(value * 1000)} ms` : `${short(value)} s`;
    case 'bytes':
      return `${scaled(value, 1024, ['B', 'KiB', 'MiB', 'GiB', 'TiB'])}`;
    case 'reqps':
    case 'ops':
      return `${short(value)}/s`;
    case 'short':
      return short(value);
  }
}

function short(value: number): string {
  if (Math.abs(value) >= 1000) return scaled(value, 1000, ['', 'k', 'M', 'G', 'T']).replace(/ $/, '');
  return String(Number(value.toPrecision(3)));
}

function scaled(value: number, base: number, units: readonly string[]): string {
  let rest = value;
  let step = 0;
  while (Math.abs(rest) >= base && step < units.length - 1) {
    rest /= base;
    step++;
  }
  return `${Number(rest.toPrecision(3))} ${units[step]}`;
}
