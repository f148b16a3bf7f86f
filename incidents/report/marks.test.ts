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
      .map((words) => words.replaceAll(/[\r\u0085\u2028\u2029]/g, ''))
      // Empty lines around it are the marks' own.
      .map((words) => words.replace(/^(\s*\n)+/, '').replace(/(\n\s*)+$/, ''))
      .filter((words) => !words.includes('<!--') && (words === '' || words.trim() !== ''));
    fc.assert(
      fc.property(fc.constantFrom(...partNames), text, (name, words) => {
        fc.pre(words.trim() !== proposalOf(name));
        const { written, isEditedOutside } = readEarlier(report({ [name]: words }), 'r.md');
        expect([...written]).toEqual([[name, words]]);
        expect(isEditedOutside).toBe(false);
      }),
    );
  });

  it.each([
    ['a break by blanks', 'first line  \nsecond line'],
    ['a code block at the beginning', '    code block\n    two'],
    ['a code block after empty lines', 'why:\n\n\tcode block\n\n    two  '],
  ])('keeps %s, however often it is made again', (_what, words) => {
    let markdown = report({ summary: words });
    for (let time = 0; time < 3; time += 1) {
      const { written, isEditedOutside } = readEarlier(markdown, 'r.md');
      expect([[...written], isEditedOutside]).toEqual([[['summary', words]], false]);
      markdown = report(Object.fromEntries(written));
    }
    expect(withoutMarks(markdown)).toContain(`\n${words}\n`);
  });

  it('survives an editor that changes line ends and blanks at the end of lines', () => {
    const edited = report({ summary: 'Ours.\n\n- one\n- two' });
    const written = new Map([['summary', 'Ours.\n\n- one\n- two']]);
    expect(readEarlier(edited.replaceAll('\n', '\r\n'), 'r.md')).toEqual({ written, isEditedOutside: false });
    const blank = readEarlier(edited.replaceAll('\n', '  \r\n'), 'r.md');
    // In what people wrote they may be meant; nothing else is taken for written or changed because of them.
    expect([...blank.written]).toEqual([['summary', 'Ours.  \n  \n- one  \n- two  ']]);
    expect(blank.isEditedOutside).toBe(false);
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
