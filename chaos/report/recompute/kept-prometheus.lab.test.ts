import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { provision } from '@firedrill/provision';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { $ } from 'zx';
import type { Piece } from '../../evidence/piece.ts';
import { pathOf } from '../../evidence/question.ts';
import { type AskPrometheus, withKeptPrometheus } from './kept-prometheus.ts';
import { questionsAgain } from './questions-again.ts';
import { type RatioRule, rulesAgain } from './rules-again.ts';

// Two minutes, two years ago: nine good requests and a bad one each second, and what a rule made of them 0.4 s later.
const endSeconds = Math.floor(Date.now() / 1000) - 63_072_000;
const startSeconds = endSeconds - 120;
const seconds = Array.from({ length: 121 }, (_, index) => startSeconds + index);
/** Somebody bettered what the rule had recorded here. */
const forgedSeconds = startSeconds + 70.4;
/** Here, in service `young`, bad requests have been counted for 10 s, and the scrape of 0.4 s before was still under way. */
const underWaySeconds = forgedSeconds;
/** Of 42–69 s and of 60–69 s, each to its own ends (`extrapolatedRate` in Prometheus' promql/functions.go): 9 and 1 a second. */
const withoutNewest = (9 + 0.5) / (9 * (28 + 0.6 + 0.5) + (9 + 0.5));

let folder: string;
let blocks: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firedrill-kept-'));
  blocks = join(folder, 'blocks');
  await mkdir(blocks);
  const samples = (series: string, value: (index: number) => number | undefined) =>
    seconds
      .flatMap((at, index) => (value(index) === undefined ? [] : [`${series} ${value(index)} ${at}\n`]))
      .join('');
  const counter = (service: string, outcome: string, perSecond: number, from = 0) =>
    samples(`client_requests_total{job="client",service="${service}",outcome="${outcome}"}`, (index) =>
      index < from ? undefined : (index - from) * perSecond,
    );
  const recorded = seconds
    .slice(40)
    .map((at) => at + 0.4)
    .map(
      (at) =>
        `slo:sli_error:ratio_rate30s{sloth_id="x-checkout"} ${at === forgedSeconds ? 0.01 : 0.1} ${at}\n`,
    )
    .join('');
  const counters = `${counter('x', 'good', 9)}${counter('x', 'bad', 1)}${counter('young', 'good', 9)}${counter('young', 'bad', 1, 60)}`;
  const unseen = `slo:sli_error:ratio_rate30s{sloth_id="young-checkout"} ${withoutNewest} ${underWaySeconds}\n`;
  const text = `# TYPE client_requests counter\n${counters}# TYPE up gauge\n${samples('up{job="client"}', () => 1)}# TYPE slo:sli_error:ratio_rate30s gauge\n${recorded}${unseen}# EOF\n`;
  await writeFile(join(folder, 'samples.txt'), text);
  const promtool = (await provision(['prometheus'])).get('prometheus')!.bin('promtool');
  await $({
    quiet: true,
    cwd: folder,
  })`${promtool} tsdb create-blocks-from openmetrics --quiet samples.txt blocks`;
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const ruleOf = (service: string): RatioRule => ({
  name: 'slo:sli_error:ratio_rate30s',
  query: `sum(rate(client_requests_total{service="${service}",outcome="bad"}[30s])) / sum(rate(client_requests_total{service="${service}"}[30s]))`,
  slo: `${service}-checkout`,
  intervalSeconds: 1,
});
const lagMs = 2000;
const span = { fromMs: startSeconds * 1000, toMs: (endSeconds + 1) * 1000 };

async function pieceOf(ask: AskPrometheus): Promise<Piece> {
  const request = pathOf('/api/v1/query', {
    query: 'client_requests_total{service="x"}[120s]',
    time: endSeconds,
  });
  const answer = await ask(request);
  return {
    piece: 'prometheus-counted',
    what: 'requests',
    source: 'prometheus-1',
    request,
    at: new Date((endSeconds + 5) * 1000).toISOString(),
    answer,
  };
}

it('asks and evaluates again over what was kept, changes nothing of it, and tells what was forged', async () => {
  const before = await readdir(blocks, { recursive: true });
  await withKeptPrometheus(blocks, async (kept) => {
    const { ask } = kept;
    const piece = await pieceOf(ask);
    const agreed = await questionsAgain([piece], ask, lagMs);
    expect(agreed).toMatchObject({ compared: '240 samples of 1 answers', differences: [] });

    const text = JSON.stringify(piece.answer);
    const forged = { ...piece, answer: JSON.parse(text.replace('"63"', '"36"')) as unknown };
    const { differences } = await questionsAgain([forged], ask, lagMs);
    expect(differences).toEqual([
      expect.stringMatching(
        /^prometheus-counted: client_requests_total\{.*\} at .*: kept 36, recomputed 63$/,
      ),
    ]);

    const rules = await rulesAgain([ruleOf('x')], span, kept, lagMs);
    expect(rules.compared).toBe('81 samples of 1 rules');
    const at = new Date(forgedSeconds * 1000).toISOString().slice(11, 23);
    expect(rules.differences).toEqual([
      expect.stringMatching(
        new RegExp(`^slo:sli_error:ratio_rate30s of x-checkout at ${at}: recorded 0.01, recomputed 0\\.1`),
      ),
    ]);
  });
  expect(await readdir(blocks, { recursive: true })).toEqual(before);
});

it('takes a rule for honest that had not seen the scrape that was under way, also where a series is young', async () => {
  await withKeptPrometheus(blocks, async (kept) => {
    const { differences, from } = await rulesAgain([ruleOf('young')], span, kept, lagMs);
    expect(differences).toEqual([]);
    expect(from).toMatch(/; 1 of them as before a scrape that was under way$/);
  });
});

it('says why it did not start', async () => {
  await writeFile(join(folder, 'no-blocks'), 'a file');
  await expect(withKeptPrometheus(join(folder, 'no-blocks'), () => Promise.resolve())).rejects.toThrow(
    /Prometheus did not start over the kept samples: .+/,
  );
});
