import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { marked, type PartName, partNames, readEarlier, sealed, withoutMarks } from './marks.ts';

const proposalOf = (name: PartName): string => `proposal of ${name}`;
const report = (
  own: Partial<Record<PartName, string>> = {},
  computed = '## Impact\n\n12 of 40 failed.',
): string =>
  sealed(
    [
      ...partNames.map((name) => marked(name, own[name] ?? proposalOf(name), proposalOf(name))),
      computed,
    ].join('\n\n'),
  );
const line = (text: string, start: string): number =>
  text.split('\n').findIndex((one) => one.startsWith(start)) + 1;

describe('what people wrote into a report', () => {
  it('is nothing where all is as it was proposed', () => {
    expect(readEarlier(report(), 'r.md')).toEqual({ written: new Map(), isEditedOutside: false });
  });

  it('is read back as it was written, whatever it was', () => {
    const text = fc
      .string({ unit: 'grapheme' })
      .map((words) => words.replaceAll(/[\r\u0085\u2028\u2029]/g, '').trim())
      .filter(
        (words) =>
          !words.includes('<!--') &&
          words ===
            words
              .split('\n')
              .map((one) => one.trimEnd())
              .join('\n'),
      );
    fc.assert(
      fc.property(fc.constantFrom(...partNames), text, (name, words) => {
        fc.pre(words !== proposalOf(name));
        const { written, isEditedOutside } = readEarlier(report({ [name]: words }), 'r.md');
        expect([...written]).toEqual([[name, words]]);
        expect(isEditedOutside).toBe(false);
      }),
    );
  });

  it('survives an editor that changes line ends and blanks at the end of lines', () => {
    const edited = report({ summary: 'Ours.\n\n- one\n- two' }).replaceAll('\n', '  \r\n');
    expect(readEarlier(edited, 'r.md')).toEqual({
      written: new Map([['summary', 'Ours.\n\n- one\n- two']]),
      isEditedOutside: false,
    });
  });

  it('notices what was written where it would be lost', () => {
    const { isEditedOutside } = readEarlier(report().replace('12 of 40', '2 of 40'), 'r.md');
    expect(isEditedOutside).toBe(true);
  });

  it.each([
    [
      'a begin that is gone',
      (text: string) => text.replace(/<!-- yours: roles .*\n/, ''),
      'the part roles ends here',
    ],
    [
      'an end that is gone',
      (text: string) => text.replace('<!-- /yours: roles -->\n', ''),
      'the part roles has no end',
    ],
    [
      'a name that is none',
      (text: string) => text.replace('yours: lucky (', 'yours: luck ('),
      'there is no part luck',
    ],
    [
      'a mark that lost a word',
      (text: string) => text.replace(/yours: lucky \(\w+\)/, 'yours'),
      'cannot be read',
    ],
    [
      'a part that is gone',
      (text: string) => text.replace(/<!-- yours: lucky[\s\S]*\/yours: lucky -->\n/, ''),
      'lucky are gone',
    ],
    [
      'a part that is there twice',
      (text: string) => `${text}${marked('lucky', 'x', 'y')}\n`,
      'lucky is there twice',
    ],
    [
      'a last line that is gone',
      (text: string) => text.replace(/<!-- the rest.*\n/, ''),
      'its last line is gone',
    ],
  ])('refuses %s', (_what, damage, said) => {
    const text = damage(report());
    expect(text).not.toBe(report());
    expect(() => readEarlier(text, 'r.md')).toThrow(said);
  });

  it('says in which line', () => {
    const text = report().replace('<!-- /yours: roles -->\n', '');
    const at = line(text, '<!-- yours: summary');
    expect(() => readEarlier(text, 'r.md')).toThrow(
      expect.objectContaining({ code: 'report-edited', where: `r.md:${at}` }),
    );
  });

  it('shows no mark on a page', () => {
    expect(withoutMarks(report())).not.toContain('<!--');
  });
});
