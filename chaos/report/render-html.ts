import MarkdownIt from 'markdown-it';
import { pageStyle } from './page-style.ts';

const verdictWords: Readonly<Record<string, string>> = {
  pass: 'pass',
  confirmed: 'pass',
  fail: 'fail',
  mismatch: 'fail',
  missing: 'fail',
  unexpected: 'fail',
  inconclusive: 'doubt',
  aborted: 'doubt',
};

/** Pure: report.md as one page that needs no other file: every `plots/<name>.svg` is drawn into it. */
export function renderHtml(markdown: string, title: string, plots: ReadonlyMap<string, string>): string {
  const parser = new MarkdownIt({ html: false, linkify: false, typographer: false });
  const linkedImage = parser.renderer.rules['image']!;
  parser.renderer.rules['image'] = (tokens, index, ...rest) => {
    const token = tokens[index]!;
    const name = /^plots\/(.+)\.svg$/.exec(String(token.attrGet('src') ?? ''))?.[1];
    // A picture that somebody put into a post-incident report.
    if (name === undefined) return linkedImage(tokens, index, ...rest);
    const svg = plots.get(name);
    return svg === undefined ? `<em>${parser.utils.escapeHtml(token.content)}: nothing to draw</em>` : svg;
  };
  parser.renderer.rules['strong_open'] = (tokens, index) => {
    const kind = verdictWords[tokens[index + 1]?.content ?? ''];
    return kind === undefined ? '<strong>' : `<strong class="verdict ${kind}">`;
  };
  parser.renderer.rules['table_open'] = () => '<div class="table"><table>\n';
  parser.renderer.rules['table_close'] = () => '</table></div>\n';
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${parser.utils.escapeHtml(title)}</title>`,
    `<style>${pageStyle}</style>`,
    '</head>',
    '<body>',
    '<main>',
    parser.render(markdown).trimEnd(),
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}
