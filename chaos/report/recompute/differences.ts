/** A figure, word or flag that is not as it was kept. */
export interface Difference {
  /** `budget[0].badEvents` */
  readonly path: string;
  /** `undefined`: it is not there. */
  readonly kept: unknown;
  readonly again: unknown;
}

/** Pure: every leaf of two JSON values that differs. */
export function differencesOf(kept: unknown, again: unknown, path = ''): readonly Difference[] {
  if (isBranch(kept) && isBranch(again) && Array.isArray(kept) === Array.isArray(again)) {
    const keys = new Set([...Object.keys(kept), ...Object.keys(again)]);
    return [...keys].flatMap((key) =>
      differencesOf(kept[key], again[key], Array.isArray(kept) ? `${path}[${key}]` : joined(path, key)),
    );
  }
  return Object.is(kept, again) ? [] : [{ path, kept, again }];
}

/** Pure: how many leaves a JSON value has. */
export function leavesOf(value: unknown): number {
  if (!isBranch(value)) return 1;
  return Object.values(value).reduce<number>((sum, one) => sum + leavesOf(one), 0);
}

/** Pure: one line. */
export function differenceText({ path, kept, again }: Difference): string {
  return `${path}: kept ${shown(kept)}, recomputed ${shown(again)}`;
}

type Branch = Readonly<Record<string, unknown>>;
const isBranch = (value: unknown): value is Branch => typeof value === 'object' && value !== null;
const joined = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
