import { FiredrillError } from '@firedrill/errors';
import MarkdownIt, { type Token } from 'markdown-it';
import { parseCondition } from './condition.ts';
import { splitFrontMatter } from './front-matter.ts';
import { everyLevel, levelsOf } from './level-range.ts';
import { parseBranch, parseExpectation } from './parse-answers.ts';
import type { CodeBlock, Mitigation, Runbook } from './runbook.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

const markdown = new MarkdownIt();

/** Pure. @throws {FiredrillError} `invalid-data`, naming the file and the field, or the line. */
export function parseRunbook(text: string, path: string): Runbook {
  const { front, body } = splitFrontMatter(text, path);
  const firstLine = text.split('\n').length - body.split('\n').length + 1;
  return { ...front, path, body, ...new Reading(path, firstLine).read(markdown.parse(body, {})) };
}

/** As GitHub makes a link of a heading. */
export const slugOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');

/** Goes through a runbook from top to bottom, and remembers where it is. */
class Reading {
  readonly #path: string;
  readonly #firstLine: number;
  readonly #sections: string[] = [];
  readonly #blocks: Writable<CodeBlock>[] = [];
  readonly #mitigations: Writable<Mitigation>[] = [];
  readonly #escalation: string[] = [];
  #levels = everyLevel;
  #question: string | undefined;

  constructor(path: string, firstLine: number) {
    this.#path = path;
    this.#firstLine = firstLine;
  }

  read(tokens: readonly Token[]): Pick<Runbook, 'sections' | 'blocks' | 'mitigations' | 'escalation'> {
    for (const [index, token] of tokens.entries()) {
      const inline = tokens[index + 1]?.content ?? '';
      if (token.type === 'heading_open') this.#heading(token.tag, inline);
      else if (token.type === 'fence') this.#fence(token);
      else if (token.type === 'paragraph_open') this.#paragraph(tokens, index, inline);
      else if (token.type === 'tr_open') this.#row(tokens, index);
    }
    return {
      sections: this.#sections,
      blocks: this.#blocks,
      mitigations: this.#mitigations,
      escalation: this.#escalation,
    };
  }

  get #section(): string {
    return this.#sections.at(-1) ?? '';
  }

  #heading(tag: string, title: string): void {
    if (tag === 'h2') {
      this.#sections.push(title);
      this.#levels = everyLevel;
    }
    if (tag === 'h3') {
      this.#levels = levelsOf(title);
      if (this.#section === 'Mitigation') {
        const levels = this.#levels;
        this.#mitigations.push({
          ...{ title, slug: slugOf(title), levels, blocks: [] },
          ...{ communicate: undefined, escalate: undefined },
        });
      }
    }
    this.#question = undefined;
  }

  #fence(token: Token): void {
    const block: CodeBlock = {
      language: token.info,
      text: token.content.trimEnd(),
      section: this.#section,
      levels: this.#levels,
      question: this.#question,
      branches: [],
      expect: undefined,
    };
    this.#blocks.push(block);
    const mitigation = this.#mitigations.at(-1);
    if (this.#section === 'Mitigation' && mitigation !== undefined)
      mitigation.blocks = [...mitigation.blocks, block];
  }

  #paragraph(tokens: readonly Token[], index: number, text: string): void {
    const inList = tokens[index - 1]?.type === 'list_item_open';
    const line = text.replaceAll('\n', ' ');
    if (inList && this.#section === 'Diagnosis') this.#question = line;
    if (inList && this.#section === 'Escalation') this.#escalation.push(line);
    const expected = /^Expect: (.*)$/.exec(line)?.[1];
    if (expected !== undefined)
      this.#blockBefore(tokens[index]).expect = this.#expectation(expected, tokens[index]);
    const mitigation = this.#mitigations.at(-1);
    const [, what, said] = /^\*\*(Communicate|Escalate)\*\*: (.*)$/.exec(line) ?? [];
    if (mitigation === undefined || this.#section !== 'Mitigation') return;
    if (what === 'Communicate') mitigation.communicate = said;
    if (what === 'Escalate') mitigation.escalate = said;
  }

  #expectation(words: string, token: Token | undefined): CodeBlock['expect'] {
    return parseExpectation(words) ?? this.#refuse(`no answer can be expected by "${words}"`, token);
  }

  /** A line of a table whose head is Answer and Then. */
  #row(tokens: readonly Token[], index: number): void {
    const end = tokens.findIndex((token, at) => at > index && token.type === 'tr_close');
    const cells = tokens.slice(index, end).filter(({ type }) => type === 'inline');
    const [answer = '', advice = ''] = cells.map(({ content }) => content);
    const isHead = tokens[index + 1]?.type === 'th_open';
    if (isHead || cells.length !== 2) return;
    if (parseCondition(answer) === undefined)
      this.#refuse(`no answer can be told by "${answer}"`, tokens[index]);
    const block = this.#blockBefore(tokens[index]);
    block.branches = [...block.branches, parseBranch(answer, advice)];
  }

  #blockBefore(token: Token | undefined): Writable<CodeBlock> {
    const block = this.#blocks.at(-1);
    if (block !== undefined && block.section === this.#section) return block;
    return this.#refuse('an answer stands where nothing was asked', token);
  }

  #refuse(message: string, token: Token | undefined): never {
    const line = (token?.map?.[0] ?? 0) + this.#firstLine;
    throw new FiredrillError('invalid-data', message, {
      where: `${this.#path}:${line}`,
      fix: 'runbooks/README.md has the notation',
    });
  }
}
