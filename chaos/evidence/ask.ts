import type { LabState } from '@firedrill/lab';
import type { Piece } from './piece.ts';
import type { Question } from './question.ts';

/** A monitoring component that is up answers in milliseconds; one that is down must not hold up the teardown. */
const deadlineMs = 10_000;

/** Asks one question; what goes wrong is the piece's `problem`. */
export async function ask(lab: LabState, question: Question): Promise<Piece> {
  const { piece, what, node, port = 'http', path } = question;
  const about = { piece, what, source: node, request: path, at: new Date().toISOString() };
  const listener = lab.nodes[node]?.[port];
  if (listener === undefined)
    return { ...about, answer: null, problem: `the lab has no ${node} with a port ${port}` };
  try {
    const answer = await fetch(`http://127.0.0.1:${listener}${path}`, {
      signal: AbortSignal.timeout(deadlineMs),
    });
    const text = await answer.text();
    const problem = answer.ok ? {} : { problem: `answered ${answer.status}` };
    return { ...about, status: answer.status, answer: parsed(text), ...problem };
  } catch (error) {
    return { ...about, answer: null, problem: reason(error) };
  }
}

/** Why something failed, in words, without this machine's addresses. */
export function reason(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return (cause instanceof Error ? cause.message : String(cause)).replaceAll(/127\.0\.0\.1:\d+/g, 'its port');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
