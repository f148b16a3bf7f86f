import { isDueAt, levelsOf, type Runbook } from '@firedrill/runbooks';
import MarkdownIt, { type Token } from 'markdown-it';
import type { Style } from './style.ts';
import { wrap } from './wrap.ts';

export interface ShowOptions {
  /** Where given, only what is due there, with it in the place of N. */
  readonly level?: number;
  readonly width: number;
  readonly style: Style;
}

const markdown = new MarkdownIt();

/** Pure: a runbook for a terminal, as it reads on the web. */
export function showRunbook(runbook: Runbook, { level, width, style }: ShowOptions): string {
  const text =
    level === undefined ? runbook.body : runbook.body.replaceAll(/--level N\b/g, `--level ${level}`);
  const facts = [
    `alert ${runbook.alert} (${runbook.severity.join(', ')})`,
    ...(runbook.slo === undefined ? [] : [`SLO ${runbook.slo}`]),
    level === undefined ? `levels ${runbook.levels.join(', ')}` : `level ${level}`,
  ];
  const page = new Page(Math.min(width, 110), style);
  const tokens = markdown.parse(text, {});
  const shown = level === undefined ? tokens : dueAt(tokens, level);
  return `${style.quiet(facts.join(', '))}\n${page.read(shown)}\n`;
}

/** Without what stands below a heading of another level. */
function dueAt(tokens: readonly Token[], level: number): readonly Token[] {
  let due = true;
  return tokens.filter((token, index) => {
    if (token.type === 'heading_open') {
      const title = tokens[index + 1]?.content ?? '';
      due = token.tag !== 'h3' || isDueAt(levelsOf(title), level);
    }
    return due;
  });
}

class Page {
  readonly #width: number;
  readonly #style: Style;
  readonly #parts: string[] = [];
  /** What the next paragraph begins with, below a point of a list. */
  #bullets: string[] = [];
  #numbers: (number | undefined)[] = [];
  #table: string[][] | undefined;

  constructor(width: number, style: Style) {
    this.#width = width;
    this.#style = style;
  }

  read(tokens: readonly Token[]): string {
    for (const [index, token] of tokens.entries()) this.#take(token, tokens[index - 1]);
    return this.#parts.join('\n\n');
  }

  #take(token: Token, before: Token | undefined): void {
    switch (token.type) {
      case 'inline':
        this.#inline(token.content, before);
        break;
      case 'fence':
        this.#parts.push(indent(this.#style.code(token.content.trimEnd()), this.#indent + 4));
        break;
      case 'ordered_list_open':
        this.#numbers.push(Number(token.attrGet('start') ?? 1));
        break;
      case 'bullet_list_open':
        this.#numbers.push(undefined);
        break;
      case 'list_item_open':
        this.#bullets.push(this.#nextBullet());
        break;
      case 'list_item_close':
        this.#bullets.pop();
        break;
      case 'ordered_list_close':
      case 'bullet_list_close':
        this.#numbers.pop();
        break;
      case 'table_open':
        this.#table = [];
        break;
      case 'tr_open':
        this.#table?.push([]);
        break;
      case 'table_close':
        this.#parts.push(this.#tableText());
        this.#table = undefined;
        break;
      default:
    }
  }

  get #indent(): number {
    return 2 * Math.max(0, this.#numbers.length - 1);
  }

  #nextBullet(): string {
    const number = this.#numbers.at(-1);
    if (number === undefined) return '- ';
    this.#numbers[this.#numbers.length - 1] = number + 1;
    return `${number}. `;
  }

  #inline(content: string, before: Token | undefined): void {
    if (this.#table !== undefined) {
      this.#table.at(-1)?.push(unlinked(content));
      return;
    }
    if (before?.type === 'heading_open') {
      this.#parts.push(this.#style.strong(before.tag === 'h2' ? content.toUpperCase() : content));
      return;
    }
    const bullet = this.#bullets.at(-1) ?? '';
    const first = ' '.repeat(this.#indent) + bullet;
    if (bullet !== '') this.#bullets[this.#bullets.length - 1] = ' '.repeat(bullet.length);
    this.#parts.push(wrap(unlinked(content), this.#width, first));
  }

  /** Answers to the left, each with what to do then. */
  #tableText(): string {
    const [, ...rows] = this.#table ?? [];
    const left = Math.max(0, ...rows.map(([answer = '']) => answer.length)) + 2;
    return rows
      .map(([answer = '', advice = '']) => wrap(advice, this.#width, `    ${answer.padEnd(left)}→ `))
      .join('\n');
  }
}

const indent = (text: string, by: number): string => text.replaceAll(/^/gm, ' '.repeat(by));

/** Links by their words; emphasis by its own. */
const unlinked = (text: string): string =>
  text
    .replaceAll(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replaceAll('**', '')
    .replaceAll(/(?<=^|\s)_([^_]+)_/g, '$1');
