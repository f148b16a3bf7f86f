import { z } from 'zod';
import type { WitnessReading } from '../journal/event.ts';
import { count, type Rule } from '../witness/judgement.ts';
import { accepted, endedOnly, judgeFault, nothingAnswered } from '../witness/rules.ts';
import { colours } from './colours.ts';
import type { Fault } from './fault.ts';
import { edgesOf, waysOf } from './target.ts';
import { streamOf, toxicEffects } from './toxic-effects.ts';

const params = z.strictObject({});

/** Edge → way, as a witness' expectation keeps it. */
const wayKey = (edge: string): string => `way ${edge}`;

/**
 * From the source both ways look alike: no answer. What the other side meets by closing tells them apart, for a close leaks
 * through: it comes back when the question arrived and only the answer was lost.
 */
const cutThatWay = (expect: Readonly<Record<string, unknown>>): Rule => {
  const isBack = ({ target }: WitnessReading): boolean => expect[wayKey(target)] === 'back';
  return {
    stage: 'during',
    role: 'touched',
    connection: 'hang-up',
    want: 'a hang-up only where the question arrives',
    holds: (reading) => endedOnly(reading, [isBack(reading) ? 'closed' : 'timed-out']),
    saw: (reading) =>
      `cut ${isBack(reading) ? 'on its way back' : 'on its way there'}: hung up ${count(reading, 'closed')}, silent ${count(reading, 'timed-out')}`,
  };
};

/** A one-way cut: what is sent one way vanishes, what is sent the other way arrives. */
export const cut: Fault<z.infer<typeof params>> = {
  name: 'cut',
  summary: 'one way only (`direction`): what is sent that way vanishes, the other way passes',
  colour: colours.cut,
  params,
  asksToHangUp: true,
  compile(_params, topology, target, { id }) {
    const ways = Object.entries(waysOf('cut', target));
    const { edges, nodes } = target;
    edgesOf('cut', topology, { edges, nodes });
    return {
      effects: ways.flatMap(([edge, way]) =>
        toxicEffects(id, [edge], [streamOf[way]], 'timeout', { timeout: 0 }),
      ),
      label: `cut one way: ${ways.map(([edge, way]) => `${edge} ${way}`).join(', ')}`,
      expect: {
        ...Object.fromEntries(ways.map(([edge, way]) => [wayKey(edge), way])),
        during: 'nothing answered, and a hang-up only where the question arrives',
        after: 'old connections closed, new ones answered',
      },
    };
  },
  judge: (expect, readings) =>
    judgeFault(expect, readings, [
      accepted(true),
      nothingAnswered('new', ['timed-out']),
      nothingAnswered('old', ['timed-out', 'closed', 'reset']),
      cutThatWay(expect),
    ]),
};
