import { FiredrillError } from '@firedrill/errors';
import { type Runbook, runbooks } from '@firedrill/runbooks';
import type { Shelf } from './walk.ts';

/** Every runbook, by its alert. */
export function openShelf(): Shelf {
  return new Map(runbooks().map((runbook) => [runbook.alert, runbook]));
}

/** @throws {FiredrillError} `usage`, listing what there is. */
export function runbookFor(shelf: Shelf, alert: string): Runbook {
  const found =
    shelf.get(alert) ?? [...shelf.values()].find((one) => one.alert.toLowerCase() === alert.toLowerCase());
  if (found !== undefined) return found;
  throw new FiredrillError('usage', `no alert is called ${alert}`, {
    fix: `use one of ${[...shelf.keys()].join(', ')}`,
  });
}
