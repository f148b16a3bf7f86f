import { setTimeout as pause } from 'node:timers/promises';
import { type LabState, nodeUrl } from '@firedrill/lab';
import type { Piece } from './piece.ts';
import type { Question } from './question.ts';

/** A monitoring component that is up answers in milliseconds; one that is down must not hold up the teardown. */
const patientMs = 10_000;
const retryMs = 250;

/** Asks one question; what goes wrong is the piece's `problem`, also that nobody answered within the deadline. */
export async function ask(lab: LabState, question: Question, deadlineMs = patientMs): Promise<Piece> {
  const { piece, what, node, port = 'http', path, patienceMs = 0 } = question;
  const about = { piece, what, source: node, request: path, at: new Date().toISOString() };
  const listener = lab.nodes[node]?.[port];
  if (listener === undefined)
    return { ...about, answer: null, problem: `the lab has no ${node} with a port ${port}` };
  try {
    const url = nodeUrl(lab, node, port) + path;
    const answer = await untilThere(url, performance.now() + patienceMs, deadlineMs);
    const text = await answer.text();
    const problem = answer.ok ? {} : { problem: `answered ${answer.status}` };
    return { ...about, status: answer.status, answer: parsed(text), ...problem };
  } catch (error) {
    return { ...about, answer: null, problem: reason(error) };
  }
}

async function untilThere(url: string, until: number, deadlineMs: number): Promise<Response> {
  for (;;) {
    const answer = await fetch(url, { signal: AbortSignal.timeout(deadlineMs) });
    if (answer.status !== 404 || performance.now() >= until) return answer;
    await answer.body?.cancel();
    await pause(retryMs);
  }
}

/** Why something failed, in words, without this machine's addresses. */
export function reason(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return (cause instanceof Error ? cause.message : String(cause)).replaceAll(
    /\b\d+\.\d+\.\d+\.\d+:\d+/g,
    'its port',
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
