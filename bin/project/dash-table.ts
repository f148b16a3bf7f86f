import type { DashResult } from './dash-result.ts';

/** Pure: how soon the dash is there, how old what it shows, how large it is, as Markdown. @param folder of the results, from where the table stands. */
export function dashTable(file: string, result: DashResult, folder: string): string {
  const { atMost, medians, visits, bundleKilobytes } = result;
  const row = (title: string, middle: number, worst: number, most: number, digits: number): string => {
    const figures = [middle, worst].map((value) => value.toFixed(digits));
    return `| ${[title, ...figures, most, middle <= most ? 'reached' : '**missed**'].join(' | ')} |`;
  };
  const worst = (figure: keyof DashResult['medians']): number =>
    Math.max(...visits.map((visit) => visit[figure]));
  return [
    '| | Median | The worst | May be | |',
    '|---|---:|---:|---:|---|',
    row('first view, ms', medians.firstViewMs, worst('firstViewMs'), atMost.firstViewMs, 0),
    row('age of what is shown, s', medians.ageSeconds, worst('ageSeconds'), atMost.ageSeconds, 2),
    row('all that it loads, gzipped, kB', bundleKilobytes, bundleKilobytes, atMost.bundleKilobytes, 0),
    '',
    `A new page each time, with nothing in its cache: ${visits.length} of them in Chromium ${result.chromium}, from the navigation to objectives in words and figures; then ten looks at the oldest of what it shows. Of a lab of level ${result.level} at ${result.rps} requests a second, on the same machine. Measured on ${result.date} at commit \`${result.commit}\` on ${result.cores} cores ([data](${folder}/${file})); \`pnpm bench dash\` measures again.`,
  ].join('\n');
}
