import { randomStream } from './random.ts';
import { offsetUnder, type TrafficChange } from './traffic.ts';

/** When a user comes, whatever the service does with the users before. */
export interface Arrival {
  /** 0, 1, 2 … */
  readonly index: number;
  /** From the start of the load, milliseconds. */
  readonly offsetMs: number;
}

export interface ScheduleOptions {
  readonly seed: number;
  /** Mean arrivals per second. */
  readonly rps: number;
  /** See LoadConfig.arrivals. */
  readonly arrivals: 'poisson' | 'paced';
  /** In the order of their times; none by default. */
  readonly traffic?: readonly TrafficChange[];
}

const SCHEDULE_STREAM = 1;

/** Endless and lazy; the same options give the same offsets, up to the first change of the traffic also without it. */
export function* schedule(options: ScheduleOptions): Generator<Arrival, never> {
  const { traffic = [] } = options;
  const random = randomStream(options.seed, SCHEDULE_STREAM);
  const meanGapMs = 1000 / options.rps;
  let poissonMs = 0;
  for (let index = 0; ; index++) {
    if (options.arrivals === 'poisson') poissonMs -= Math.log1p(-random()) * meanGapMs;
    const usualMs = options.arrivals === 'poisson' ? poissonMs : (index + random()) * meanGapMs;
    yield { index, offsetMs: offsetUnder(traffic, usualMs) };
  }
}
