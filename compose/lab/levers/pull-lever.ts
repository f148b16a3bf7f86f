import { readLabState } from '../control/lab-state-file.ts';
import { whileNobodyElse } from '../control/while-nobody-else.ts';
import { BetterStandby } from '../promote/better-standby.ts';
import { promote } from '../promote/promote.ts';
import type { PromotionProgress } from '../promote/promote-options.ts';
import { describeStep } from '../promote/step.ts';
import type { LabState } from '../state.ts';
import { apisOf, runs } from './apis.ts';
import { deploy, type OnStep, rollback } from './deploy.ts';
import { drain, undrain, whileOut } from './drain.ts';
import type { Lever } from './lever.ts';
import { endOf, leverLog } from './lever-log.ts';
import { requireReach } from './lever-refused.ts';
import { type Operations, readOperations, writeOperations } from './operations.ts';
import { requireOwnNode, startAnew } from './restart.ts';
import { rotatePaymentKey } from './rotate-key.ts';
import { tellApis } from './tell-apis.ts';

/**
 * Does what an operator wants, by an operator's means. Pulling a lever twice is pulling it once.
 * @param onStep hears of each step that takes a while.
 * @returns what came of it, in one line.
 * @throws {FiredrillError} `lever-refused` or `usage` where it makes no sense: nothing was changed then; `control-failed` when it
 * did not come to its end: the same call goes on from there.
 */
export async function pullLever(given: LabState, lever: Lever, onStep: OnStep = () => {}): Promise<string> {
  const state = readLabState(given.home) ?? given;
  requireReach(state);
  const log = leverLog(state.home, lever);
  log('begun', 'begins');
  try {
    const text = await carryOut(state, lever, onStep);
    log('done', text);
    return text;
  } catch (error) {
    log(endOf(error), error instanceof Error ? error.message : String(error));
    throw error;
  }
}

function carryOut(state: LabState, lever: Lever, onStep: OnStep): Promise<string> {
  if (lever.lever === 'promote') return promoteBest(state, lever.node, onStep);
  return whileNobodyElse(state.home, 'lever', () => pull(state, lever, onStep));
}

function pull(state: LabState, lever: Exclude<Lever, { lever: 'promote' }>, onStep: OnStep): Promise<string> {
  switch (lever.lever) {
    case 'restart':
      return restart(state, lever.node);
    case 'drain':
      return drain(state, lever.node);
    case 'undrain':
      return undrain(state, lever.node);
    case 'deploy':
      return deploy(state, lever.release, onStep);
    case 'rollback':
      return rollback(state, onStep);
    case 'read-only':
      return set(state, { readOnly: lever.to === 'on' }, `read-only is ${lever.to}`);
    case 'payment-fallback':
      return set(state, { paymentFallback: lever.to === 'on' }, `the payment fallback is ${lever.to}`);
    case 'shed-load': {
      const what = lever.share === 0 ? 'no load is shed' : `${percent(lever.share)} of all requests are shed`;
      return set(state, { shedShare: lever.share }, what);
    }
    case 'rotate':
      return rotatePaymentKey(state, onStep);
  }
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;

async function set(state: LabState, changes: Partial<Operations>, what: string): Promise<string> {
  const after = { ...readOperations(state), ...changes };
  // First, so that an API which starts at this moment is not forgotten.
  writeOperations(state, after);
  return `${what}: ${await tellApis(state, after)}`;
}

async function restart(state: LabState, node: string): Promise<string> {
  requireOwnNode(state, node);
  const ran = runs(state, node);
  const began = performance.now();
  const again = () => startAnew(state, node);
  const ready = await (ran && apisOf(state).includes(node) ? whileOut(state, node, again) : again());
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const what = ran ? 'was restarted' : 'was down and is started';
  return `${node} ${what}, ${ready ? 'and is ready' : 'but is not ready'} after ${seconds} s`;
}

/** Where another standby has more, that one. */
async function promoteBest(state: LabState, node: string, onStep: OnStep): Promise<string> {
  const tell = (told: PromotionProgress): void => {
    if (told.type === 'lag') onStep(told.text);
    if (told.type === 'done') onStep(`${describeStep(told.step)}: ${told.detail}`);
  };
  const promotion = await promote(state, node, { onStep: tell }).catch((refusal: unknown) => {
    if (!(refusal instanceof BetterStandby)) throw refusal;
    onStep(refusal.message);
    return promote(state, refusal.better, { onStep: tell });
  });
  return `${promotion.to} takes the writes on timeline ${promotion.timeline}`;
}
