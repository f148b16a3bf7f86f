import { wordsOf } from '@firedrill/lab/levers';
import type { Plan } from '../journal/event.ts';
import { describeGuard } from './guard-query.ts';

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

const timersText = ({ timers }: Plan): string =>
  timers === 'fast' ? ' with timers below what Patroni supports' : '';

const feedText = ({ feed }: Plan): string => (feed === 'mongodb' ? ' with feeds as documents' : '');

/** Pure: what `--dry-run` prints. */
export function planText(plan: Plan): string {
  const variant = plan.variant === undefined ? '' : `, variant ${plan.variant}`;
  const faults = plan.faults.flatMap((fault) => [
    `  ${seconds(fault.startMs)} to ${seconds(fault.endMs)}  ${fault.label} on ${[...fault.edges, ...fault.nodes].join(', ')}`,
    ...fault.effects.map(
      ({ atMs, action, undo }) =>
        `    ${atMs === undefined ? '' : `after ${seconds(atMs)} `}do ${JSON.stringify(action)}\n    undo ${JSON.stringify(undo)}`,
    ),
  ]);
  const operator = plan.operator.map((act) => `  ${seconds(act.atMs)}  ${wordsOf(act)}`);
  const alerts = plan.alerts.expected.map((one) => {
    const order = one.after === undefined ? '' : `, not before ${one.after.alert} ${one.after.severity}`;
    const end = one.resolvesMs === undefined ? '' : `, resolved ${seconds(one.resolvesMs)}`;
    return `  ${one.alert} ${one.severity}: predicted ${seconds(one.predictedMs)}, at the latest ${seconds(one.withinMs)}${order}${end}`;
  });
  const forbidden = plan.alerts.forbidden.map(
    (one) => `  must not fire: ${one.alert} ${one.severity} (${one.reason})`,
  );
  const allowed = plan.alerts.allowed.map(
    (one) => `  may fire: ${one.alert} ${one.severity} (${one.reason})`,
  );
  const traffic = plan.traffic.map(({ fromMs, factor }) => `  ${seconds(fromMs)}  ${plan.rps * factor} RPS`);
  const budget = plan.predictedBudget.map(
    (one) =>
      `  ${one.slo}: ${one.badEvents} bad events, ${one.percentOf30d.toFixed(2)} % of the 30-day budget`,
  );
  return [
    `${plan.experiment}${variant}: ${plan.title}`,
    plan.hypothesis,
    `level ${plan.level}${timersText(plan)}${feedText(plan)}, seed ${plan.seed}, ${plan.clock} clock, ${plan.rps} RPS (declared ${plan.seedRps})`,
    `control until ${seconds(plan.controlMs)}, load until about ${seconds(plan.loadMs)}`,
    ...(traffic.length === 0 ? [] : ['traffic, from the start of the load', ...traffic]),
    'faults, from the start of the load',
    ...(faults.length === 0 ? ['  none'] : faults),
    ...(operator.length === 0 ? [] : ['operator, from the start of the load', ...operator]),
    'alerts, from the injection',
    ...(alerts.length === 0 ? ['  none'] : alerts),
    ...forbidden,
    ...allowed,
    ...(plan.blind.length === 0 ? [] : [`blind meanwhile: ${plan.blind.join(', ')}; never a pass`]),
    'predicted budget cost',
    ...(budget.length === 0 ? ['  none'] : budget),
    `abort above ${plan.abort.badEventsAtMost} bad answers`,
    ...plan.abort.alerts.map(({ alert, severity }) => `abort when ${alert} ${severity} fires`),
    ...plan.abort.queries.map((guard) => `abort when ${describeGuard(guard)} (${guard.reason})`),
    '',
  ].join('\n');
}
