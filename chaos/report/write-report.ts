import { reportData } from './report-data.ts';
import { reportFiles } from './report-files.ts';
import type { Verdict } from './verdict.ts';
import { writeFiles } from './write-files.ts';

/**
 * Writes report.md, report.html, junit.xml, verdict.json and plots/*.svg from the run's folder alone: it opens no socket, and
 * makes the same bytes again under any time zone and locale.
 * @throws {FiredrillError} `invalid-data` when there is no journal that can be read.
 */
export async function writeReport(runDir: string): Promise<Verdict> {
  const data = await reportData(runDir);
  await writeFiles(runDir, reportFiles(data));
  return data.verdict;
}
