import type { LabState } from '../state.ts';
import { apisOf } from './apis.ts';
import { awaitIdle, awaitServing, edgesBefore, setInRotation } from './edge.ts';
import { leverRefused } from './lever-refused.ts';
import { type Operations, readOperations, writeOperations } from './operations.ts';

/** @throws {FiredrillError} `lever-refused` where no edge stands before the API, or it is none. */
function requireBehindEdge(state: LabState, node: string): void {
  const apis = apisOf(state);
  if (!apis.includes(node)) throw leverRefused(`${node} is no API`, `use one of ${apis.join(', ')}`);
  if (edgesBefore(state, node).length > 0) return;
  throw leverRefused(
    `level ${state.level} has no edge: users come to ${node} straight, and have nobody else`,
  );
}

/** Takes an API out: the edge sends it nothing new, and what it has under way ends. */
export async function drain(state: LabState, node: string): Promise<string> {
  requireBehindEdge(state, node);
  const { drained } = readOperations(state);
  if (drained.includes(node)) return `${node} is out already`;
  const others = apisOf(state).filter((api) => api !== node && !drained.includes(api));
  if (others.length === 0)
    throw leverRefused(`nobody else would serve: ${drained.join(', ')} is out already`);
  await takeOut(state, node);
  const left = await awaitIdle(state, node);
  const rest =
    left === undefined
      ? 'what is under way is not known: its edge does not answer'
      : left === 0
        ? 'nothing under way'
        : `${left} requests still under way`;
  return `${node} is out, ${rest}; ${others.join(', ')} serves`;
}

/** Lets it in again. The edge asks whether it is ready before it sends anything. */
export async function undrain(state: LabState, node: string): Promise<string> {
  requireBehindEdge(state, node);
  if (!readOperations(state).drained.includes(node)) return `${node} is in already`;
  await letIn(state, node);
  return `${node} is in again`;
}

/** Out, until somebody lets it in. */
async function takeOut(state: LabState, node: string): Promise<void> {
  const before = readOperations(state);
  const drained = [...before.drained.filter((api) => api !== node), node];
  writeOperations(state, { ...before, drained });
  await setInRotation(state, node, false, drained);
}

async function letIn(state: LabState, node: string): Promise<void> {
  const before = readOperations(state);
  const drained = before.drained.filter((api) => api !== node);
  await setInRotation(state, node, true, drained);
  writeOperations(state, { ...before, drained });
  await awaitServing(state, node);
}

/**
 * Does something to an API while the edge sends it nothing, where an edge and another API are there to serve. One that was out
 * stays out.
 */
export async function whileOut<T>(state: LabState, api: string, work: () => Promise<T>): Promise<T> {
  const { drained }: Operations = readOperations(state);
  const others = apisOf(state).filter((other) => other !== api && !drained.includes(other));
  if (edgesBefore(state, api).length === 0 || drained.includes(api) || others.length === 0) return work();
  await takeOut(state, api);
  await awaitIdle(state, api);
  try {
    return await work();
  } finally {
    await letIn(state, api);
  }
}
