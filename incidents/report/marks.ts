import { createHash } from 'node:crypto';
import { FiredrillError } from '@firedrill/errors';

/** The parts of a report that belong to people, in their order. */
export const partNames = [
  'title',
  'severity',
  'roles',
  'summary',
  'trigger',
  'contributing-factors',
  'went-well',
  'went-badly',
  'lucky',
  'action-items',
  'anything-else',
] as const;
export type PartName = (typeof partNames)[number];
export type Parts = ReadonlyMap<PartName, string>;

/** What an earlier report holds. */
export interface Earlier {
  /** What people wrote: a part that is as it was proposed is not among them. */
  readonly written: Parts;
  /** Something outside of the parts was changed: making it anew would lose that. */
  readonly isEditedOutside: boolean;
}

const begin = /^<!-- yours: (\S+) \((\w+)\) -->$/;
const end = /^<!-- \/yours: (\S+) -->$/;
const seal = /^<!-- the rest is computed \((\w+)\) -->$/;
const anyMark = /^\s*<!--\s*(\/?yours\b|the rest is computed)/;

/** Editors change line ends. */
const linesOf = (text: string): readonly string[] => text.split(/\r?\n/);
/** Editors change what stands at the end of a line, too: for marks and digests that is nothing. */
const bare = (lines: readonly string[]): readonly string[] => lines.map((line) => line.trimEnd());
const digestOf = (lines: readonly string[]): string =>
  createHash('sha256').update(bare(lines).join('\n').trim()).digest('hex').slice(0, 12);

/** As it was written, without the empty lines around it: blanks make a break at the end of a line and code at its beginning. */
function inner(lines: readonly string[]): string {
  const isWritten = (line: string) => line.trim() !== '';
  return lines.slice(Math.max(0, lines.findIndex(isWritten)), lines.findLastIndex(isWritten) + 1).join('\n');
}

/** Pure: a part with its marks. @param proposal what was computed for it: a text that is still the same is nobody's */
export function marked(name: PartName, text: string, proposal: string): string {
  return [
    `<!-- yours: ${name} (${digestOf(linesOf(proposal))}) -->`,
    '',
    inner(linesOf(text)),
    '',
    `<!-- /yours: ${name} -->`,
  ].join('\n');
}

/** Pure: a whole report with its seal, by which a change outside of the parts is noticed. */
export function sealed(markdown: string): string {
  const body = markdown.trimEnd();
  return `${body}\n\n<!-- the rest is computed (${digestOf(outsideOf(bare(linesOf(body))))}) -->\n`;
}

/** Pure: as a page shows it. */
export function withoutMarks(markdown: string): string {
  return linesOf(markdown)
    .filter((line) => !anyMark.test(line))
    .join('\n');
}

/**
 * Pure: what people wrote into a report.
 * @param where its path, for the error
 * @throws {FiredrillError} `report-edited` for a damaged mark, with its line.
 */
export function readEarlier(markdown: string, where: string): Earlier {
  const raw = linesOf(markdown);
  const lines = bare(raw);
  const written = new Map<PartName, string>();
  const seen = new Set<string>();
  let open: { readonly name: PartName; readonly digest: string; readonly from: number } | undefined;
  let sealDigest: string | undefined;
  for (const [index, line] of lines.entries()) {
    if (!anyMark.test(line)) continue;
    const damaged = (what: string) => damagedMark(where, index + 1, what);
    const [, name, digest] = begin.exec(line) ?? [];
    const ended = end.exec(line)?.[1];
    if (name !== undefined && digest !== undefined) {
      if (open !== undefined) throw damaged(`the part ${open.name} has no end before this one`);
      if (!isPart(name)) throw damaged(`there is no part ${name}`);
      if (seen.has(name)) throw damaged(`the part ${name} is there twice`);
      seen.add(name);
      open = { name, digest, from: index + 1 };
    } else if (ended !== undefined) {
      if (open?.name !== ended) throw damaged(`the part ${ended} ends here and does not begin`);
      const own = raw.slice(open.from, index);
      if (digestOf(own) !== open.digest) written.set(open.name, inner(own));
      open = undefined;
    } else {
      sealDigest = seal.exec(line)?.[1];
      if (sealDigest === undefined || open !== undefined) throw damaged('this mark cannot be read');
    }
  }
  if (open !== undefined) throw damagedMark(where, open.from, `the part ${open.name} has no end`);
  const lost = partNames.find((name) => !seen.has(name));
  if (lost !== undefined) throw damagedMark(where, undefined, `the marks of the part ${lost} are gone`);
  if (sealDigest === undefined) throw damagedMark(where, undefined, 'its last line is gone');
  return { written, isEditedOutside: digestOf(outsideOf(lines)) !== sealDigest };
}

const isPart = (name: string): name is PartName => (partNames as readonly string[]).includes(name);

/** All but what stands between marks, and the seal itself. */
function outsideOf(lines: readonly string[]): readonly string[] {
  let inside = false;
  return lines.filter((line) => {
    if (begin.test(line)) inside = true;
    else if (end.test(line)) inside = false;
    return !inside && !anyMark.test(line) && line !== '';
  });
}

const damagedMark = (where: string, line: number | undefined, what: string): FiredrillError =>
  new FiredrillError('report-edited', `a mark of the report is damaged: ${what}`, {
    where: line === undefined ? where : `${where}:${line}`,
    fix: 'mend it, or move the file away; nothing was overwritten',
  });
