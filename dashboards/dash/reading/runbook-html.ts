import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolveRunbookUrl, runbooks, slugOf } from '@firedrill/runbooks';
import MarkdownIt from 'markdown-it';

/** The alerts that have a runbook, and the page that says how to use them. */
export const runbookNames = (): readonly string[] => ['README', ...runbooks().map(({ alert }) => alert)];

/** A runbook as it is committed; `undefined` where there is none of that name. */
export function runbookText(name: string): string | undefined {
  if (!runbookNames().includes(name)) return undefined;
  return readFileSync(resolveRunbookUrl(join('runbooks', `${name}.md`)), 'utf8');
}

/**
 * Pure: a runbook as a part of the page. Links to other runbooks open there, its commands name the level, and no markup of its own
 * is taken over.
 */
export function runbookHtml(text: string, level: number): string {
  const parser = new MarkdownIt({ html: false, linkify: false });
  parser.renderer.rules['heading_open'] = (tokens, index) => {
    const { tag } = tokens[index]!;
    return `<${tag} id="${slugOf(tokens[index + 1]?.content ?? '')}" tabindex="-1">`;
  };
  parser.renderer.rules['link_open'] = (tokens, index) => {
    const href = String(tokens[index]!.attrGet('href') ?? '');
    const runbook = /^(\w+)\.md(?:#.*)?$/.exec(href)?.[1];
    if (runbook !== undefined) return `<a href="#runbook/${runbook}">`;
    if (href.startsWith('#')) return `<a href="${parser.utils.escapeHtml(href)}" data-in-page>`;
    const text = parser.utils.escapeHtml(href);
    if (/^https?:/.test(href)) return `<a href="${text}" target="_blank" rel="noreferrer">`;
    // A file of the checkout, which nobody serves.
    return `<a title="${text}">`;
  };
  parser.renderer.rules['table_open'] = () => '<div class="scroll"><table>\n';
  parser.renderer.rules['table_close'] = () => '</table></div>\n';
  const body = text.replace(/^---\n[\s\S]*?\n---\n/, '').replaceAll('--level N', `--level ${level}`);
  return parser.render(body);
}
