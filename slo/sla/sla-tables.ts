import { alertWindows } from '../windows.ts';
import { allowanceInBudgets, levelsWithSlas, type Sla, slaCredits, slasOf } from './sla.ts';
import { slaTiming } from './sla-timing.ts';

/** The generated parts of docs/sla.md by their marker. */
export function slaTables(): Readonly<Record<string, string>> {
  const slas = levelsWithSlas().flatMap(slasOf);
  return { promises: promises(slas), credits: credits(), warnings: warnings(slas) };
}

/** Pure: a page with the text between each `<!-- generated: x -->` and its `<!-- /generated -->` made again. */
export function fillIn(page: string, parts: Readonly<Record<string, string>>): string {
  return Object.entries(parts).reduce((text, [name, part]) => {
    const begin = `<!-- generated: ${name} -->`;
    const from = text.indexOf(begin);
    const to = text.indexOf('<!-- /generated -->', from);
    if (from < 0 || to < 0) throw new Error(`the page has no ${begin} … <!-- /generated -->`);
    return `${text.slice(0, from)}${begin}\n\n${part}\n\n${text.slice(to)}`;
  }, page);
}

const percent = (ratio: number): string => `${Number((100 * ratio).toFixed(6))} %`;

function promises(slas: readonly Sla[]): string {
  return table(
    ['Level', 'Of', 'SLO', 'SLA', 'May fail in 30 days, of a million requests'],
    slas.map(({ name, slo, objective, allowance }) => [
      String(slo.level),
      `\`${name}\``,
      percent(slo.objective),
      `**${percent(objective)}**`,
      String(Math.round(allowance * 1e6)),
    ]),
  );
}

function credits(): string {
  const rows = slaCredits.map(({ timesAllowance, percent: owed }) => [
    `over ${timesAllowance} × (${timesAllowance * allowanceInBudgets} × the SLO's budget)`,
    `${owed} %`,
  ]);
  return table(
    ['Failures of a period, in units of what the SLA allows', "Credit, of the period's fee"],
    rows,
  );
}

/** At a total outage, at half of the requests, and at ratios near the allowance. */
function warnings(slas: readonly Sla[]): string {
  const windows = alertWindows('production');
  const distinct = slas.filter(
    (sla, index) => slas.findIndex((other) => other.allowance === sla.allowance) === index,
  );
  return table(
    ['SLA', 'Requests that fail', 'First alert of the SLO', '`SlaAtRisk`', 'SLA broken'],
    distinct.flatMap((sla) =>
      [1, 0.5, 0.1, 1.5 * sla.allowance, 0.75 * sla.allowance].map((ratio) => {
        const { warnedBy, warnedSeconds, atRiskSeconds, brokenSeconds } = slaTiming(sla, windows, ratio);
        return [
          percent(sla.objective),
          percent(ratio),
          warnedSeconds === undefined ? 'never' : `${warnedBy} after ${span(warnedSeconds)}`,
          after(atRiskSeconds),
          after(brokenSeconds),
        ];
      }),
    ),
  );
}

const after = (seconds: number | undefined): string => (seconds === undefined ? 'never' : span(seconds));

/** `52 s`, `4.3 min`, `7.2 h`, `20 d`. */
function span(seconds: number): string {
  const units = [
    ['d', 86_400],
    ['h', 3600],
    ['min', 60],
  ] as const;
  const unit = units.find(([, size]) => seconds >= 1.5 * size);
  return unit === undefined
    ? `${Math.round(seconds)} s`
    : `${Number((seconds / unit[1]).toFixed(1))} ${unit[0]}`;
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(columns), line(columns.map(() => '---')), ...rows.map(line)].join('\n');
}
