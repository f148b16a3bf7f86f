import type { Piece } from '../../evidence/piece.ts';
import { answerOf, compareAnswers } from './answers.ts';
import type { AskPrometheus } from './kept-prometheus.ts';
import type { RecomputedPart } from './part.ts';

/**
 * Every question that Prometheus answered out of its samples, asked again of those that were kept.
 * @param lagMs samples younger than this may have been on their way when it was asked, and are not compared.
 */
export async function questionsAgain(
  pieces: readonly Piece[],
  ask: AskPrometheus,
  lagMs: number,
): Promise<RecomputedPart> {
  const asked = pieces.filter(({ request, answer }) => isQuery(request) && answerOf(answer) !== undefined);
  const differences: string[] = [];
  let samples = 0;
  for (const { piece, request, answer, at } of asked) {
    const [kept, again] = [answerOf(answer)!, answerOf(await ask(request))];
    if (again === undefined) {
      differences.push(`${piece}: it is not answered any more`);
      continue;
    }
    const compared = compareAnswers(kept, again, Date.parse(at) - lagMs);
    samples += compared.samples;
    differences.push(...compared.differences.map((one) => `${piece}: ${one}`));
  }
  return {
    what: "Prometheus' answers",
    from: 'evidence/prometheus-tsdb',
    compared: `${samples} samples of ${asked.length} answers`,
    differences,
  };
}

const isQuery = (request: string): boolean => /^\/api\/v1\/query(_range)?\?/.test(request);
