import { join } from 'node:path';
import { drawPlots } from './plots/plots.ts';
import { renderHtml } from './render-html.ts';
import { renderJunit } from './render-junit.ts';
import { renderMarkdown } from './render-markdown.ts';
import type { ReportData } from './report-data.ts';
import { standalone } from './standalone.ts';

/** Pure: all files of a report by their names in the run's folder. */
export function reportFiles(data: ReportData): ReadonlyMap<string, string> {
  const { verdict, run } = data;
  const plots = drawPlots(data);
  const markdown = renderMarkdown(data);
  return new Map([
    ['report.md', markdown],
    ['report.html', renderHtml(markdown, `${verdict.experiment}: ${verdict.verdict}`, plots)],
    ['junit.xml', renderJunit(verdict, run)],
    ['verdict.json', `${JSON.stringify(verdict, undefined, 2)}\n`],
    ...plotFiles(plots),
  ]);
}

/** Pure: the drawings as files that stand alone, `plots/<name>.svg`. */
export function plotFiles(plots: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...plots].map(([name, svg]) => [join('plots', `${name}.svg`), standalone(svg)]));
}
