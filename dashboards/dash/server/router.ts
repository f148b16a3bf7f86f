import { nodeUrl } from '@firedrill/lab';
import { dashboards } from '../../all-dashboards.ts';
import { boardsOf, drawnBoard } from '../boards/drawn-board.ts';
import { readPanels, spanOf } from '../boards/series.ts';
import type { PastRuns } from '../reading/past-runs.ts';
import { runbookHtml, runbookNames, runbookText } from '../reading/runbook-html.ts';
import type { LabWatch } from '../watch/lab-watch.ts';
import { type Answer, html, json, message } from './answer.ts';
import type { Asset } from './assets.ts';
import { pageHtml, pagePolicy, stillPolicy } from './page-html.ts';

/** What the page's server answers from. */
export interface Parts {
  readonly level: number;
  readonly watch: LabWatch;
  readonly runs: PastRuns;
  readonly assets: ReadonlyMap<string, Asset>;
}

/** Answers a request that the guard let through. */
export async function answerTo(url: URL, parts: Parts): Promise<Answer> {
  const { level, watch, runs, assets } = parts;
  const asset = assets.get(url.pathname);
  if (asset !== undefined) return { status: 200, type: asset.type, body: asset.gzip, gzipped: true };
  const [, first = '', second = '', third = '', ...rest] = url.pathname.split('/').map(decoded);
  if (rest.length > 0) return nothingThere(url);
  switch (first) {
    case '':
      if (second !== '') return nothingThere(url);
      return html(pageHtml([...assets.keys()].filter(isModule)), 200, {
        'content-security-policy': pagePolicy,
      });
    case 'api':
      return api(second, third, url, parts);
    case 'runbooks': {
      const text = third === '' ? runbookText(second) : undefined;
      return text === undefined ? noRunbook(second) : html(runbookHtml(text, level));
    }
    case 'runs': {
      if (third !== 'report.html') return nothingThere(url);
      const report = runs.report(second);
      if (report === undefined) return noReport(second, parts, (await watch.snapshot()).run.value?.id);
      return html(report, 200, { 'content-security-policy': stillPolicy });
    }
    default:
      return nothingThere(url);
  }
}

const isModule = (path: string): boolean => path.endsWith('.ts') || path.startsWith('/lib/lit-html/');

/** What cannot be decoded is no name of anything. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return '\uFFFD';
  }
}

async function api(what: string, id: string, url: URL, parts: Parts): Promise<Answer> {
  const { level, watch, runs } = parts;
  switch (what) {
    case 'snapshot':
      return json(await watch.snapshot());
    case 'runs':
      return json(runs.list((await watch.snapshot()).run.value?.id));
    case 'runbooks':
      return json(runbookNames());
    case 'boards': {
      const boards = boardsOf(dashboards, level);
      if (id === '') return json(boards.map(({ uid, title, description }) => ({ uid, title, description })));
      const board = boards.find(({ uid }) => uid === id);
      return board === undefined
        ? json({ error: `there is no board ${id}` }, 404)
        : json(drawnBoard(board, level));
    }
    case 'series':
      return series(id, url, parts);
    default:
      return json({ error: 'there is nothing here' }, 404);
  }
}

async function series(id: string, url: URL, { level, watch }: Parts): Promise<Answer> {
  const board = boardsOf(dashboards, level).find(({ uid }) => uid === id);
  if (board === undefined) return json({ error: `there is no board ${id}` }, 404);
  const words = url.searchParams;
  const from = words.get('from');
  const span = spanOf(Number(words.get('window')), from === null ? undefined : Number(from), Date.now());
  if (span === undefined) return json({ error: 'window: use 300, 900 or 3600' }, 400);
  const { state } = watch;
  if (state === undefined) return json({ error: `no lab of level ${level} runs` }, 503);
  const panels = await readPanels(
    drawnBoard(board, level),
    new Set((words.get('panels') ?? '').split(',')),
    { prometheus: nodeUrl(state, 'prometheus-1'), loki: nodeUrl(state, 'loki-1') },
    span,
  );
  return json({ ...span, panels });
}

const nothingThere = ({ pathname }: URL): Answer =>
  message(404, 'There is nothing here', `${pathname}: the page is at /`);

const noRunbook = (name: string): Answer => message(404, `There is no runbook ${name}`, 'See: pnpm runbook');

function noReport(id: string, { runs }: Parts, underWay: string | undefined): Answer {
  if (runs.has(id)) {
    const why =
      id === underWay ? 'It is under way: its report comes when it has ended.' : `Make it: pnpm report ${id}`;
    return message(404, `The run ${id} has no report yet`, why);
  }
  const latest = runs.list().slice(0, 5);
  const there =
    latest.length === 0
      ? 'There is none yet. Make one: pnpm chaos partition-primary'
      : `The latest are: ${latest.map((run) => run.id).join(', ')}`;
  return message(404, `There is no run ${id}`, there);
}
