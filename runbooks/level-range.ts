/** The levels at which a part of a runbook is due. */
export interface LevelRange {
  readonly from: number;
  readonly to: number;
}

export const everyLevel: LevelRange = { from: 1, to: Number.POSITIVE_INFINITY };

/** Pure: `Level 2 and up`, `Level 3`, `Promote a standby (level 3)`; a heading that names no level is due at each. */
export function levelsOf(heading: string): LevelRange {
  const found = /^level (\d)( and up)?/i.exec(heading) ?? /\(level (\d)( and up)?\)$/i.exec(heading);
  if (found === null) return everyLevel;
  const from = Number(found[1]);
  return { from, to: found[2] === undefined ? from : everyLevel.to };
}

export const isDueAt = ({ from, to }: LevelRange, level: number): boolean => from <= level && level <= to;
