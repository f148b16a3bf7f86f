import { blindToUsersMs } from '../../checks/blindness.ts';
import { feltBy } from '../../checks/measure.ts';
import { count, dateTime, duration, percent, plural } from '../figures.ts';
import { blocks, bullets, code, plain, table } from '../markdown.ts';
import type { ReportData } from '../report-data.ts';
import type { Section } from './section.ts';

/** The verdict, one sentence, and why, if it is not a pass. */
export const summary: Section = (data) => {
  const { run, verdict } = data;
  const { plan } = run;
  const name = plan.variant === undefined ? plan.experiment : `${plan.experiment} (${plan.variant})`;
  const bad = verdict.checks.filter((check) => check.verdict !== 'pass');
  const factor =
    plan.seedRps === plan.rps ? '' : ` for ${count(plan.seedRps)} (× ${plan.seedRps / plan.rps})`;
  return blocks(
    `# ${plain(name)}: **${verdict.verdict}**`,
    sentence(data),
    ...aborted(verdict.abort),
    bullets(bad.map((check) => `**${check.verdict}** ${check.name}: ${plain(check.summary)}`)),
    `Expected: ${plain(plan.hypothesis)}`,
    table(
      ['Run', 'Level', 'Load', 'Seed', 'Clock', 'Started (UTC)', 'Commit'],
      [
        [
          code(run.id),
          String(plan.level),
          `${plan.rps} requests/s${factor}`,
          String(plan.seed),
          plan.clock === 'drill' ? 'drill (windows ÷ 60)' : 'production',
          dateTime(run.times.plannedMs),
          run.commit === undefined ? 'unknown' : code(run.commit.slice(0, 12)),
        ],
      ],
    ),
  );
};

function aborted(abort: ReportData['verdict']['abort']): readonly string[] {
  if (abort === undefined) return [];
  const healed = abort.toHealedMs === null ? '' : ` All was healed ${duration(abort.toHealedMs)} later.`;
  return [`The run was aborted: ${plain(abort.reason)}.${healed}`];
}

/** What happened, in one sentence with figures. */
function sentence({ run, detections, costs, verdict, integrity }: ReportData): string {
  const users = run.operations.filter((operation) => operation.invoke.retryOf === undefined);
  const felt = feltBy(users, '*');
  const parts = [`${plain(run.plan.title)}${faultTime(run)}:`];
  const clauses = [
    `${count(felt.bad)} of ${count(felt.good + felt.bad)} requests failed (${percent(felt.errorRatio ?? 0)})`,
  ];
  const first = detections.find(({ standing }) => standing === 'expected');
  if (first !== undefined) {
    const predicted = first.predictedMs === null ? '' : ` (predicted ${duration(first.predictedMs)})`;
    clauses.push(
      first.measuredMs === null
        ? `${first.alert} never paged`
        : `${first.alert} was delivered ${duration(first.measuredMs)} after the injection${predicted}`,
    );
  }
  const blindMs = blindToUsersMs(run);
  if (blindMs > 0) clauses.push(`for ${duration(blindMs)} no page of an SLO could have come`);
  const dearest = costs.toSorted((a, b) => b.cost.percentOf30d - a.cost.percentOf30d)[0];
  if (dearest !== undefined && dearest.cost.badEvents > 0) {
    clauses.push(
      `${percent(dearest.cost.percentOf30d / 100)} of 30 days' budget of ${dearest.slo.name} was burnt`,
    );
  }
  clauses.push(
    fate(verdict.orders.acknowledged, verdict.orders.lost, integrity.problem !== undefined),
    ...inPromise(verdict.integrity),
  );
  return `${parts.join(' ')} ${clauses.join('; ')}.`;
}

function fate(acknowledged: number, lost: number, unread: boolean): string {
  if (unread) return `${plural(acknowledged, 'order')} acknowledged, the books could not be checked`;
  return lost === 0
    ? `none of ${plural(acknowledged, 'acknowledged order')} was lost`
    : `${count(lost)} of ${plural(acknowledged, 'acknowledged order')} lost`;
}

function inPromise({ lostInPromise, staleReads }: ReportData['verdict']['integrity']): readonly string[] {
  return [
    ...(lostInPromise === 0
      ? []
      : [`${plural(lostInPromise, 'acknowledged write')} lost within the promise`]),
    ...(staleReads === 0 ? [] : [`${plural(staleReads, 'stale read')} by replicas`]),
  ];
}

function faultTime({ plan, times: { injectedMs, healedMs } }: ReportData['run']): string {
  if (plan.faults.length === 0) return '';
  if (injectedMs === undefined) return ', but no fault was injected';
  return healedMs === undefined ? ', and was not healed' : `, for ${duration(healedMs - injectedMs)}`;
}
