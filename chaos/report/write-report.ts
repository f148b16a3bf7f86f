import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { drawPlots } from './plots/plots.ts';
import { themeStyle } from './plots/theme.ts';
import { renderHtml } from './render-html.ts';
import { renderJunit } from './render-junit.ts';
import { renderMarkdown } from './render-markdown.ts';
import { reportData } from './report-data.ts';
import type { Verdict } from './verdict.ts';

/**
 * Writes report.md, report.html, junit.xml, verdict.json and plots/*.svg from the run's folder alone: it opens no socket, and
 * makes the same bytes again under any time zone and locale.
 * @throws {FiredrillError} `invalid-data` when there is no journal that can be read.
 */
export async function writeReport(runDir: string): Promise<Verdict> {
  const data = await reportData(runDir);
  const { verdict, run } = data;
  const plots = drawPlots(data);
  const markdown = renderMarkdown(data);
  const title = `${verdict.experiment}: ${verdict.verdict}`;
  const files = new Map([
    ['report.md', markdown],
    ['report.html', renderHtml(markdown, title, plots)],
    ['junit.xml', renderJunit(verdict, run)],
    ['verdict.json', `${JSON.stringify(verdict, undefined, 2)}\n`],
    ...[...plots].map(([name, svg]) => [join('plots', `${name}.svg`), standalone(svg)] as const),
  ]);
  await rm(join(runDir, 'plots'), { recursive: true, force: true });
  await mkdir(join(runDir, 'plots'), { recursive: true });
  for (const [name, content] of files) await replaceFile(join(runDir, name), content);
  return verdict;
}

/** A drawing that brings its own colours, for readers of report.md. */
function standalone(svg: string): string {
  return svg.replace(/(<svg [^>]*>)/, `$1\n<style>${themeStyle('svg')}</style>`);
}

/** Whole or not at all: a reader never sees half a report. */
async function replaceFile(path: string, content: string): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  await writeFile(temporary, content);
  await rename(temporary, path);
}
