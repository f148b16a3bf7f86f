import { FiredrillError } from '@firedrill/errors';

/** What the APIs can run: an entry, and settings of their own. */
export interface Release {
  readonly name: string;
  /** As those wrote it who made it. */
  readonly notes: string;
  /** From target-app. */
  readonly entry: string;
  readonly settings: Readonly<Record<string, string>>;
}

const main = 'src/main.ts';

/** Oldest first; a lab begins with the first one. Some do harm: which of them, and how, is for an operator to find out. */
export const releases: readonly Release[] = [
  { name: '2026.47', notes: 'What a lab begins with.', entry: main, settings: {} },
  {
    name: '2026.48',
    notes: 'Fail fast: who would wait behind another checkout is told so at once.',
    entry: 'releases/fail-fast-main.ts',
    settings: {},
  },
  {
    name: '2026.49',
    notes:
      'Catalogue pages are handed out at an even pace: crawlers no longer take the database from buyers.',
    entry: 'releases/even-pace-main.ts',
    settings: {},
  },
  {
    name: '2026.50',
    notes: 'Refunds leave the fee of the card network out.',
    entry: 'releases/refund-fee-main.ts',
    settings: {},
  },
  {
    name: '2026.51',
    notes: 'Abandoned orders are looked for a little less often.',
    entry: main,
    settings: { SHOP_SWEEP_EVERY_MS: '750' },
  },
];

export const firstRelease = '2026.47';

/** @throws {FiredrillError} `usage`, listing what there is. */
export function releaseNamed(name: string): Release {
  const found = releases.find((release) => release.name === name);
  if (found !== undefined) return found;
  throw new FiredrillError('usage', `there is no release ${name}`, {
    fix: `use one of ${releases.map((release) => release.name).join(', ')}`,
  });
}
