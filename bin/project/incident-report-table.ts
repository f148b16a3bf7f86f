import { type IncidentReportResult, type MadeReport, madeFrom, origins } from './incident-report-result.ts';

const titles: Readonly<Record<MadeReport['from'], string>> = {
  run: 'the run that caused it',
  lab: 'the lab, which still runs: no run caused it',
};

/** Pure: how long post-incident reports take, as Markdown. @param folder of the results, from where the table stands. */
export function incidentReportTable(file: string, result: IncidentReportResult, folder: string): string {
  const rows = origins.map((from) => {
    const made = madeFrom(result.made, from);
    const slowest = Math.max(...made.map(({ seconds }) => seconds));
    const missing = Math.max(...made.map((one) => one.missing));
    return [titles[from], made.length, result.medians[from].toFixed(2), slowest.toFixed(2), missing].join(
      ' | ',
    );
  });
  return [
    '| A report from | Made | Median, s | The slowest, s | Parts not known, at most |',
    '|---|---:|---:|---:|---:|',
    ...rows.map((row) => `| ${row} |`),
    '',
    `The whole command, from the start of its process to its end, into a new folder each time; the median may be ${result.atMost} s. Of an incident of \`${result.cell}\`, whose lab was kept. Measured on ${result.date} at commit \`${result.commit}\` on ${result.cores} cores ([data](${folder}/${file})); \`pnpm bench incident-report\` measures again.`,
  ].join('\n');
}
