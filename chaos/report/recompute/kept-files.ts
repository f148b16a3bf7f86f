import { differencesOf, differenceText, leavesOf } from './differences.ts';
import type { RecomputedPart } from './part.ts';

const evidence = 'journal.jsonl, ledger.jsonl and evidence/*.json';

/**
 * Pure: what a run's folder holds of its report against what its evidence gives now. Drawings and page are made of the same
 * figures: they are compared whole.
 * @param kept the files as they lie there; `undefined` for one that is gone
 */
export function keptFilesAgain(
  kept: ReadonlyMap<string, string | undefined>,
  again: ReadonlyMap<string, string>,
): readonly RecomputedPart[] {
  return [...again].map(([what, text]): RecomputedPart => {
    const before = kept.get(what);
    const about = { what, from: evidence };
    if (before === undefined)
      return { ...about, compared: 'nothing', differences: [], problem: 'it is gone' };
    if (what === 'verdict.json') return { ...about, ...figures(before, text) };
    if (what.endsWith('.md') || what.endsWith('.xml')) return { ...about, ...lines(before, text) };
    const differences = before === text ? [] : ['it is not drawn from the same figures'];
    return { ...about, compared: `${text.length} characters`, differences };
  });
}

type Compared = Pick<RecomputedPart, 'compared' | 'differences' | 'problem'>;

function figures(before: string, text: string): Compared {
  const again: unknown = JSON.parse(text);
  let kept: unknown;
  try {
    kept = JSON.parse(before);
  } catch {
    return { compared: 'nothing', differences: ['what was kept is not JSON'] };
  }
  return {
    compared: `${leavesOf(again)} figures`,
    differences: differencesOf(kept, again).map(differenceText),
  };
}

function lines(before: string, text: string): Compared {
  const [kept, again] = [before.split('\n'), text.split('\n')];
  const differences = Array.from({ length: Math.max(kept.length, again.length) }, (_, index) =>
    differencesOf(kept[index], again[index], `line ${index + 1}`),
  );
  return { compared: `${again.length} lines`, differences: differences.flat().map(differenceText) };
}
