import { setTimeout as pause } from 'node:timers/promises';
import { FiredrillError } from '@firedrill/errors';
import { levelByNumber, type NodeKind } from '@firedrill/topology';
import { request } from 'undici';
import { z } from 'zod';
import { nodeUrl } from '../addresses.ts';
import type { LabState } from '../state.ts';
import type { Setting } from './action.ts';
import { callDeadlineMs } from './deadline.ts';

/** What a node says of one of its settings, figures only. */
export type SettingReading = Readonly<Record<string, number>>;

interface Administered {
  readonly kind: NodeKind;
  /** As it is after a start. */
  readonly isReset: (reading: SettingReading) => boolean;
}

const settings: Readonly<Record<Setting, Administered>> = {
  failure: {
    kind: 'payment-provider',
    isReset: (reading) => reading.ratio === 0,
  },
  expiry: {
    kind: 'payment-provider',
    isReset: (reading) => reading.expired === 0,
  },
};

const secondLookMs = 150;
const readingSchema = z.record(z.string(), z.number());

async function call(
  state: LabState,
  node: string,
  setting: Setting,
  method: 'GET' | 'PUT' | 'DELETE',
  value?: SettingReading,
): Promise<SettingReading> {
  const { statusCode, body } = await request(`${nodeUrl(state, node)}/admin/${setting}`, {
    method,
    headers: {
      authorization: `Bearer ${state.secrets.adminToken}`,
      ...(value === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(value === undefined ? {} : { body: JSON.stringify(value) }),
    signal: AbortSignal.timeout(callDeadlineMs),
    reset: true,
  });
  const text = await body.text();
  if (statusCode !== 200) throw new Error(`${method} /admin/${setting} answered ${statusCode} ${text}`);
  return readingSchema.parse(JSON.parse(text));
}

/** @throws {FiredrillError} `control-failed`: the effect is unknown then. */
export async function changeSetting(
  state: LabState,
  node: string,
  setting: Setting,
  value: SettingReading,
): Promise<void> {
  requireSetting(state, node, setting);
  try {
    await call(state, node, setting, 'PUT', value);
  } catch (cause) {
    throw new FiredrillError('control-failed', `${node} did not take its setting ${setting}: ${cause}`, {
      cause,
    });
  }
}

/** @throws when the node does not answer. */
export function readSetting(state: LabState, node: string, setting: Setting): Promise<SettingReading> {
  requireSetting(state, node, setting);
  return call(state, node, setting, 'GET');
}

/** Whether the node now says, twice, that its setting is as after a start; `false` when it does not answer. */
export async function resetSetting(state: LabState, node: string, setting: Setting): Promise<boolean> {
  requireSetting(state, node, setting);
  const { isReset } = settings[setting];
  try {
    if (!isReset(await call(state, node, setting, 'GET'))) await call(state, node, setting, 'DELETE');
    if (!isReset(await call(state, node, setting, 'GET'))) return false;
    await pause(secondLookMs);
    return isReset(await call(state, node, setting, 'GET'));
  } catch {
    return false;
  }
}

/** Every setting of every node that this lab starts. */
export function settingsOf(state: LabState): readonly { readonly node: string; readonly setting: Setting }[] {
  return (Object.entries(settings) as [Setting, Administered][]).flatMap(([setting, { kind }]) =>
    levelByNumber(state.level)
      .nodes.filter((node) => node.kind === kind && node.name in state.probes)
      .map((node) => ({ node: node.name, setting })),
  );
}

function requireSetting(state: LabState, node: string, setting: Setting): void {
  const having = settingsOf(state)
    .filter((one) => one.setting === setting)
    .map((one) => one.node);
  if (having.includes(node)) return;
  throw new FiredrillError('fault-refused', `${node} has no setting ${setting}`, {
    fix: `use one of ${having.join(', ')}`,
  });
}
