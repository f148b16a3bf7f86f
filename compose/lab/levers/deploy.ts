import { FiredrillError } from '@firedrill/errors';
import { logPath } from '../addresses.ts';
import type { LabState } from '../state.ts';
import { lastLines } from '../up/last-lines.ts';
import { apisOf, releaseOn, runs } from './apis.ts';
import { whileOut } from './drain.ts';
import { leverRefused } from './lever-refused.ts';
import { type Operations, readOperations, runningRelease, writeOperations } from './operations.ts';
import { releaseNamed } from './releases.ts';
import { startAnew } from './restart.ts';
import { writeSettings } from './tell-apis.ts';

export type OnStep = (text: string) => void;

/** Rolls a release out, one API after the other, each out of the edge meanwhile. Cut off, the same command goes on. */
export async function deploy(state: LabState, name: string, onStep: OnStep): Promise<string> {
  const { notes } = releaseNamed(name);
  const before = readOperations(state);
  const rolledOut = await rollOut(state, before, name, onStep);
  if (runningRelease(before) === name && !rolledOut) return `${name} runs already`;
  return `${name} runs: ${notes}`;
}

/** Back to the release before. */
export async function rollback(state: LabState, onStep: OnStep): Promise<string> {
  const before = readOperations(state);
  const earlier = before.releases.at(-2);
  const bad = runningRelease(before);
  if (earlier === undefined)
    throw leverRefused(`${bad} is the first release of this lab: there is none before it`);
  await rollOut(state, before, earlier, onStep);
  writeOperations(state, { ...readOperations(state), releases: before.releases.slice(0, -1) });
  return `${earlier} runs again, ${bad} does not`;
}

/** @returns whether any API had to be told. */
async function rollOut(state: LabState, before: Operations, name: string, onStep: OnStep): Promise<boolean> {
  const releases = runningRelease(before) === name ? before.releases : [...before.releases, name];
  const after: Operations = { ...before, releases };
  let any = false;
  for (const api of apisOf(state)) {
    if (!runs(state, api)) {
      writeSettings(state, api, after);
      onStep(`${api} is down and starts with it`);
      continue;
    }
    if ((await releaseOn(state, api)) === name) continue;
    any = true;
    await whileOut(state, api, () => change(state, api, before, after));
    onStep(`${api} runs ${name}`);
  }
  writeOperations(state, { ...readOperations(state), releases });
  return any;
}

/** A release that does not come up goes no further: the API gets back what it ran. */
async function change(state: LabState, api: string, before: Operations, after: Operations): Promise<void> {
  writeSettings(state, api, after);
  if (await startAnew(state, api)) return;
  if (runs(state, api)) return;
  const said = lastLines(logPath(state, api), 3).join(' | ');
  writeSettings(state, api, before);
  await startAnew(state, api);
  throw new FiredrillError('control-failed', `${runningRelease(after)} does not start on ${api}: ${said}`, {
    fix: `nothing else was changed; ${api} runs ${runningRelease(before)} again`,
  });
}
