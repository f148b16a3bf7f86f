import {
  blindSpans,
  code,
  count,
  duration,
  eventsOf,
  feltBy,
  percent,
  plain,
  plural,
  runSilences,
  silencedText,
} from '@firedrill/chaos/report';
import { wordsOf } from '@firedrill/lab/levers';
import type { Span } from './facts.ts';
import type { RunAsked } from './run-asked.ts';
import { utc } from './utc.ts';

export function leadUpOf({ data, incident, afterMs }: RunAsked): readonly string[] {
  const { run, verdict } = data;
  const { loadFromMs, injectedMs } = run.times;
  const ready = eventsOf(run, 'lab-ready')[0];
  const control = verdict.checks.find(({ name }) => name === 'control');
  const quietMs = loadFromMs === undefined || injectedMs === undefined ? undefined : injectedMs - loadFromMs;
  return [
    `Level ${run.plan.level}, clock ${run.plan.clock}, ${count(run.plan.rps)} requests/s${ready?.started === false ? ', on a lab that was running already' : ''}.`,
    ...(quietMs === undefined ? [] : [`${duration(quietMs)} of load before anything was broken.`]),
    ...(control === undefined
      ? []
      : [`Was all well before? **${control.verdict}**: ${plain(control.summary)}`]),
    ...(afterMs === 0
      ? []
      : [
          `An earlier incident of this lab was over at ${utc(afterMs)}, ${duration(Date.parse(incident.openedAt) - afterMs)} before.`,
        ]),
    ...(runSilences(run) ?? []).map(
      ({ silence }) => `Something was held back: ${plain(silencedText(silence))}.`,
    ),
  ];
}

export function triggerOf({ data }: RunAsked): readonly string[] {
  const { run, proofs } = data;
  const faults = run.times.faults.map(({ id, fault, label, fromMs }) => {
    const planned = run.plan.faults.find((one) => one.id === id);
    const on = [...(planned?.edges ?? []), ...(planned?.nodes ?? [])].map(code).join(', ');
    const proof = proofs.find((one) => one.fault === fault && one.label === label);
    const bitten = proof === undefined ? '' : ` Did it bite? **${proof.judgement.verdict}**.`;
    return `${utc(fromMs)}: ${code(fault)} on ${on}, ${plain(label)}.${bitten}`;
  });
  const { experiment, title } = run.plan;
  return faults.length === 0
    ? [
        `The experiment ${code(experiment)} was under way and had injected nothing yet: what paged was something else.`,
      ]
    : [`An experiment broke it on purpose: ${code(experiment)}, ${plain(title)}.`, ...faults];
}

export function mitigationOf({ data }: RunAsked): readonly string[] {
  const { run } = data;
  const { injectedMs, mitigatedMs, healedMs } = run.times;
  const levers = eventsOf(run, 'operator')
    .filter(({ state }) => state === 'done' || state === 'failed')
    .map(
      (act) =>
        `${utc(Date.parse(act.at))}: ${code(wordsOf(act))} ${act.state}, ${plain(act.text)} (${duration(act.tookMs)}).`,
    );
  if (levers.length === 0) return ['Nobody pulled a lever of the lab while it lasted.'];
  if (mitigatedMs === undefined || injectedMs === undefined) return levers;
  const ratio = (fromMs: number, toMs: number) => {
    const some = run.operations.filter(
      ({ invoke }) => invoke.retryOf === undefined && invoke.due >= fromMs && invoke.due < toMs,
    );
    return percent(feltBy(some, '*').errorRatio ?? 0);
  };
  return [
    ...levers,
    `Of all requests ${ratio(injectedMs, mitigatedMs)} failed from the injection to the last lever, ${ratio(mitigatedMs, healedMs ?? Infinity)} from then to the heal.`,
  ];
}

export function recoveryOf({ data, incident }: RunAsked, users: Span | undefined): readonly string[] {
  const { run, incidents } = data;
  const { healedMs, injectedMs } = run.times;
  const own = incidents.incidents.find(({ openedAt }) => openedAt === incident.openedAt);
  const blind = blindSpans(run).filter(({ pages }) => pages);
  return [
    ...(injectedMs === undefined
      ? []
      : [
          healedMs === undefined
            ? 'The fault was not taken out.'
            : `The last fault was taken out at ${utc(healedMs)}, ${duration(healedMs - injectedMs)} after the first was put in.`,
        ]),
    ...(users === undefined
      ? []
      : [
          users.toMs === undefined
            ? 'The users had not recovered when the run ended.'
            : `The users had recovered at ${utc(users.toMs)}${healedMs === undefined ? '' : `, ${fromHeal(users.toMs - healedMs)}`}.`,
        ]),
    ...(own?.predictedResolutionMs === undefined
      ? []
      : [`By the users’ own requests the last page should have ended at ${utc(own.predictedResolutionMs)}.`]),
    ...(blind.length === 0
      ? []
      : [
          `In ${plural(blind.length, 'stretch').replace('stretchs', 'stretches')} of the run nobody would have been told: an end of a page then proves nothing.`,
        ]),
  ];
}

/** A fault may have stopped biting before the last of it is read back. */
const fromHeal = (ms: number): string => (ms < 0 ? `${duration(-ms)} before` : `${duration(ms)} after that`);
