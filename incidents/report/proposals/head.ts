import { count, duration, percent, plain, plural } from '@firedrill/chaos/report';
import type { Facts } from '../facts.ts';
import { severityOf } from './severity.ts';

/** An experiment is told as the cause only when its fault was in. */
const wasBroken = (run: Facts['run']): run is NonNullable<Facts['run']> =>
  run?.run.times.injectedMs !== undefined;

/** Pure: what a part is before somebody has written it. */
export type Propose = (facts: Facts) => string;

export const title: Propose = ({ incident, run }) => {
  const [first] = incident.alerts;
  const what = wasBroken(run) ? run.run.plan.title : (first?.summary ?? 'a page');
  return `# ${first?.alert ?? incident.id}: ${plain(what)}`;
};

export const severity: Propose = (facts) => {
  const { severity: level, because } = severityOf(facts);
  return `**${level}** *(proposed: ${because})*`;
};

/** By the acts of the pager: who took it leads, whoever acted responded. */
export const roles: Propose = ({ incident }) => {
  const { acts, assignee } = incident;
  const lead = assignee ?? acts.find(({ kind }) => kind === 'acknowledge')?.by;
  const others = [...new Set(acts.map(({ by }) => by))].filter((by) => by !== lead);
  const called = acts.flatMap((act) => (act.kind === 'escalate' && act.to !== undefined ? [act.to] : []));
  const notes = acts.filter(({ kind }) => kind === 'note');
  const scribes = [...new Set(notes.map(({ by }) => by))];
  const list = (names: readonly string[]) => (names.length === 0 ? 'nobody' : names.map(plain).join(', '));
  return [
    `- Incident commander: ${list(lead === undefined ? [] : [lead])} *(proposed: by the pager)*`,
    `- Responders: ${list(others)}`,
    `- Called in: ${list(called)}`,
    `- Scribe: ${list(scribes)}${notes.length === 0 ? '' : ` (${plural(notes.length, 'note')})`}`,
  ].join('\n');
};

export const summary: Propose = (facts) => {
  const { incident, users, felt, customersHurt, burns, run } = facts;
  const all = felt?.find(({ operation }) => operation === '*');
  const dearest = burns.toSorted((a, b) => b.cost.percentOf30d - a.cost.percentOf30d)[0];
  const first = incident.alerts[0]!;
  const lasted = users?.toMs === undefined ? '' : `For ${duration(users.toMs - users.fromMs)} `;
  const hurt =
    all === undefined
      ? 'What users got was not measured.'
      : `${lasted}${count(all.bad)} of ${count(all.counted)} requests failed (${percent(all.counted === 0 ? 0 : all.bad / all.counted)})${customersHurt === undefined ? '' : `, of ${plural(customersHurt, 'customer')}`}.`;
  const cause = wasBroken(run)
    ? `${plain(run.run.plan.title)}, on purpose.`
    : 'No fault of an experiment caused it.';
  const burnt =
    dearest === undefined || dearest.cost.badEvents === 0
      ? ''
      : ` It cost ${percent(dearest.cost.percentOf30d / 100)} of 30 days’ budget of ${dearest.slo.name}.`;
  const lost = run === undefined ? '' : ` ${orders(run.verdict.orders)}`;
  return `*(proposed)* ${cause} ${hurt}${burnt} It paged ${plain(first.alert)}${toldAfter(facts)}.${lost}`;
};

function toldAfter({ alerts }: Facts): string {
  const [first] = alerts;
  if (first?.deliveredMs === undefined || first.firstBadMs === undefined) return '';
  return ` ${duration(first.deliveredMs - first.firstBadMs)} after the first bad event`;
}

function orders({ acknowledged, lost, duplicated }: NonNullable<Facts['run']>['verdict']['orders']): string {
  const fate =
    lost === 0 && duplicated === 0 ? 'none was lost or made twice' : `${lost} lost, ${duplicated} made twice`;
  return `Of ${plural(acknowledged, 'acknowledged order')} ${fate}.`;
}
