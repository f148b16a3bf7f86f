import { parseDuration } from '@firedrill/slo';
import { InvalidArgumentError } from 'commander';

/** A flag's duration, ms. @throws {InvalidArgumentError} */
export function milliseconds(text: string): number {
  const seconds = parseDuration(text);
  if (seconds === undefined) throw new InvalidArgumentError('is no duration such as 90s, 10m or 1h');
  return seconds * 1000;
}

/** A flag's whole number. @throws {InvalidArgumentError} */
export function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('is not a whole number (digits only)');
  return Number(text);
}
