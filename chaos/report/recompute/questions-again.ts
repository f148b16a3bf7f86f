import type { Piece } from '../../evidence/piece.ts';
import { answerOf, compareAnswers } from './answers.ts';
import type { AskPrometheus } from './kept-prometheus.ts';
import type { RecomputedPart } from './part.ts';

/** Scrapes time out after 1 s, and what they bring is written a moment later. */
const onItsWayMs = 2_000;

/** Every question that Prometheus answered out of its samples, asked again of those that were kept. */
export async function questionsAgain(pieces: readonly Piece[], ask: AskPrometheus): Promise<RecomputedPart> {
  const asked = pieces.filter(({ request, answer }) => isQuery(request) && answerOf(answer) !== undefined);
  const differences: string[] = [];
  let samples = 0;
  for (const { piece, request, answer, at } of asked) {
    const [kept, again] = [answerOf(answer)!, answerOf(await ask(request))];
    if (again === undefined) {
      differences.push(`${piece}: it is not answered any more`);
      continue;
    }
    const compared = compareAnswers(kept, again, Date.parse(at) - onItsWayMs);
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
