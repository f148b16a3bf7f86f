import { FiredrillError } from '@firedrill/errors';
import { nodesWithOwnDisk } from '@firedrill/lab/control';
import { releases } from '@firedrill/lab/levers';
import { type Level, levels, sourcesOf } from '@firedrill/topology';
import fc from 'fast-check';
import { parseExperiment } from '../../experiments/experiment.ts';
import type { Plan } from '../../journal/event.ts';
import { makePlan, type PlanRequest } from '../plan.ts';

// Experiments that nobody wrote: any fault anywhere it may be put, at any time, as the seed draws.

const some = <T>(items: readonly T[], most = items.length) =>
  fc.subarray([...items], { minLength: 1, maxLength: Math.min(most, items.length) });
const ms = (min: number, max: number) => fc.integer({ min, max });

const names = (of: readonly { readonly name: string }[]): readonly string[] => of.map(({ name }) => name);
const breakable = ({ nodes }: Level) => nodes.filter(({ role }) => role !== 'observer');
const cuttable = ({ edges }: Level) => edges.filter(({ plane }) => plane !== 'observer');

/** A fault with parameters of its own; what it is put on comes from `on`. */
interface Choice {
  readonly fault: string;
  readonly params: fc.Arbitrary<Readonly<Record<string, unknown>>>;
  readonly on: fc.Arbitrary<unknown>;
}

/** All that may be drawn at a level. */
export function choicesOf(level: Level): readonly Choice[] {
  const onEdges = some(names(cuttable(level)), 3).map((edges) => ({ edges }));
  const crossing = fc.constantFrom(...cuttable(level)).map((edge) => ({
    between: [{ nodes: sourcesOf(edge) }, { nodes: [edge.to] }],
  }));
  const onNodes = some(names(breakable(level)), 3).map((nodes) => ({ nodes }));
  const picked = fc
    .tuple(fc.oneof(onEdges, onNodes), fc.nat())
    .map(([of, n]) => ({ pick: 1 + (n % Object.values(of)[0]!.length), of }));
  const anyEdges = fc.oneof(
    onEdges,
    crossing,
    picked.filter(({ of }) => 'edges' in of),
  );
  const anyNodes = fc.oneof(
    onNodes,
    picked.filter(({ of }) => 'nodes' in of),
  );
  const oneWay = fc
    .tuple(fc.oneof(onEdges, crossing), fc.constantFrom('there', 'back'))
    .map(([on, direction]) => ({ ...on, direction }));
  const none = fc.constant({});
  const ofKind = (kind: string) =>
    names(level.nodes.filter((node) => node.kind === kind)).map((name) => ({ nodes: [name] }));
  const pooled = level.edges.filter(({ to }) =>
    level.nodes.some((n) => n.name === to && n.kind === 'pgbouncer'),
  );
  const where = (fault: string, params: Choice['params'], places: readonly unknown[]): readonly Choice[] =>
    places.length === 0 ? [] : [{ fault, params, on: fc.constantFrom(...places) }];
  return [
    ...['drop', 'stall', 'refuse', 'connect-hang'].map((fault) => ({ fault, params: none, on: anyEdges })),
    { fault: 'cut', params: none, on: oneWay },
    {
      fault: 'latency',
      params: fc.record({ latencyMs: ms(1, 5000), jitterMs: ms(0, 500), driftMs: ms(0, 500) }),
      on: anyEdges,
    },
    { fault: 'bandwidth', params: fc.record({ kilobytesPerSecond: ms(1, 1000) }), on: anyEdges },
    { fault: 'reset', params: fc.record({ timeoutMs: ms(0, 1000) }), on: anyEdges },
    { fault: 'slow-close', params: fc.record({ delayMs: ms(1, 5000) }), on: anyEdges },
    ...['kill', 'pause'].map((fault) => ({ fault, params: none, on: anyNodes })),
    {
      fault: 'restart-loop',
      params: fc.record({ downMs: ms(50, 5000), upMs: ms(50, 5000), jitterMs: ms(0, 2000) }),
      on: anyNodes,
    },
    {
      fault: 'starve',
      params: fc.record({ share: fc.constantFrom(0.1, 0.5), periodMs: ms(50, 2000) }),
      on: anyNodes,
    },
    ...where('expire', none, ofKind('payment-provider')),
    ...where('fail', fc.constant({ ratio: 0.5 }), ofKind('payment-provider')),
    ...where(
      'hog',
      fc.constant({ connections: 12 }),
      pooled.filter(({ plane }) => plane === 'data').map(({ name }) => ({ edges: [name] })),
    ),
    ...where('bad-release', fc.record({ release: fc.constantFrom(...names(releases)) }), [
      { nodes: names(level.nodes.filter(({ kind }) => kind === 'shop-api')) },
    ]),
    ...where(
      'disk-full',
      fc.record({ leaveKilobytes: ms(0, 100) }),
      nodesWithOwnDisk(level).map((node) => ({ nodes: [node] })),
    ),
  ];
}

const anyStep = (level: Level) =>
  fc
    .oneof(
      ...choicesOf(level).map(({ fault, params, on }) =>
        fc.record({ fault: fc.constant(fault), params, on }),
      ),
    )
    .chain((step) =>
      fc.record({
        fault: fc.constant(step.fault),
        params: fc.constant(step.params),
        on: fc.constant(step.on),
        atMs: ms(0, 60_000),
        durationMs: ms(1, 60_000),
        atJitterMs: ms(0, 5000),
        durationJitterMs: ms(0, 5000),
      }),
    );

const anyRequest: fc.Arbitrary<PlanRequest> = fc.constantFrom(...levels).chain((topology) =>
  fc
    .record({
      timeline: fc.array(anyStep(topology), { minLength: 1, maxLength: 4 }),
      seed: fc.nat(),
      clock: fc.constantFrom('drill' as const, 'production' as const),
    })
    .map(({ timeline, seed, clock }) => ({
      experiment: parseExperiment(
        {
          name: 'anything',
          levels: [topology.number],
          title: 'Anything',
          hypothesis: 'Whatever is done can be undone.',
          timeline,
          impact: {},
          alerts: { expected: [] },
          hypotheses: [],
        },
        'any-plan.ts',
      ),
      topology,
      seed,
      clock,
    })),
);

/** `undefined` where two steps fall on the same place at the same time, or nothing crosses: it must say so. */
function planned(request: PlanRequest): Plan | undefined {
  try {
    return makePlan(request);
  } catch (error) {
    if (error instanceof FiredrillError && ['invalid-data', 'fault-refused'].includes(error.code))
      return undefined;
    throw error;
  }
}

/** A plan, and what was asked for. */
export const anyPlan: fc.Arbitrary<{ readonly plan: Plan; readonly request: PlanRequest }> = anyRequest
  .map((request) => ({ request, plan: planned(request) }))
  .filter((one): one is { plan: Plan; request: PlanRequest } => one.plan !== undefined);
