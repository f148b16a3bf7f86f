import { existsSync } from 'node:fs';
import { copyFile, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { plotFiles, readPieces, renderHtml, reportData, writeFiles } from '@firedrill/chaos/report';
import { FiredrillError } from '@firedrill/errors';
import type { LabState, LeverPull } from '@firedrill/lab';
import type { Incident } from '../pager/incident.ts';
import { timelineOf } from '../pager/timeline.ts';
import { askLab } from './ask-lab.ts';
import type { Facts } from './facts.ts';
import { keepIncident, readKeptIncident } from './kept-incident.ts';
import { labFacts } from './lab-facts.ts';
import { leversAround } from './levers.ts';
import { type Earlier, type PartName, readEarlier, withoutMarks } from './marks.ts';
import { renderReport } from './render.ts';
import { runFacts } from './run-facts.ts';
import type { SourceOf } from './run-lines.ts';

export interface PostIncidentRequest {
  readonly incident: Incident;
  /** Every incident of its start of the lab. */
  readonly ofLab: readonly Incident[];
  /** The run that was under way when it opened, in `runs`. */
  readonly run: string | null;
  readonly runs: string;
  /** Its lab, where that still runs. */
  readonly lab: LabState | undefined;
  /** The report's folder. */
  readonly folder: string;
  /** Make it anew though it was changed outside of the parts that are people's; the old one is kept beside it. */
  readonly force: boolean;
  readonly now: Date;
}

export interface PostIncident {
  readonly run: string | null;
  /** Parts that people wrote, and that are as they left them. */
  readonly kept: readonly PartName[];
  readonly missing: readonly string[];
}

/**
 * Writes an incident's report.md, report.html and plots, and keeps what the pager and a running lab knew beside them.
 * @throws {FiredrillError} `report-edited`, `run-not-found`, `invalid-data`, `not-writable`; then nothing was overwritten.
 */
export async function writePostIncident(request: PostIncidentRequest): Promise<PostIncident> {
  const { incident, folder, now } = request;
  const report = join(folder, 'report.md');
  const text = await textOf(report);
  const earlier = earlierOf(text, request.force);
  const before = await readKeptIncident(folder);
  const run = runStillThere(request, before?.run ?? null);
  const clock = request.lab?.clock ?? before?.clock ?? 'drill';
  try {
    if (run === null && request.lab !== undefined) await askLab(request.lab, incident, folder, now.getTime());
    const levers =
      run === null ? leversAround(incident, request.lab, before?.levers, now.getTime()) : undefined;
    const facts = await factsOf(request, run, clock, levers);
    await keepIncident(folder, {
      ...{ incident, timeline: [...timelineOf(incident)], run, clock },
      ...(levers === undefined ? {} : { levers: [...levers] }),
    });
    const markdown = renderReport(facts, earlier.written);
    const plots = facts.plots;
    const files = new Map([
      ['report.md', markdown],
      ['report.html', renderHtml(withoutMarks(markdown), titleOf(markdown), plots)],
      ...plotFiles(plots),
    ]);
    if ((await textOf(report)) !== text) throw savedMeanwhile();
    if (request.force) await keepOld(report);
    await writeFiles(folder, files);
    return { run, kept: [...earlier.written.keys()], missing: facts.missing };
  } catch (error) {
    throw unwritable(error, folder);
  }
}

async function factsOf(
  { incident, ofLab, runs, folder, now }: PostIncidentRequest,
  run: string | null,
  clock: 'drill' | 'production',
  levers: readonly LeverPull[] | undefined,
): Promise<Facts> {
  if (run !== null) {
    const dir = join(runs, run);
    return runFacts(incident, await reportData(dir), ofLab, linkTo(folder, dir));
  }
  const pieces = await readPieces(folder, 'incident.json');
  const others = ofLab.filter(({ id }) => id !== incident.id);
  return labFacts({ incident, others, clock, pieces, levers, nowMs: now.getTime() });
}

/** Relative, with `/`: the report and its run may be moved together. */
function linkTo(folder: string, dir: string): SourceOf {
  const base = relative(folder, dir).split(sep).map(encodeURIComponent).join('/');
  return (file, line) => ({
    name: line === undefined ? file.replace(/^evidence\//, '') : `${file}:${line}`,
    path: `${base}/${file}${line === undefined ? '' : `#L${line}`}`,
  });
}

/** What an earlier report says of its cause is not forgotten because the run was deleted. */
function runStillThere({ run, runs, incident }: PostIncidentRequest, known: string | null): string | null {
  if (run !== null || known === null) return run;
  throw new FiredrillError('run-not-found', `its report was made from the run ${known}, which is gone`, {
    where: incident.id,
    fix: `put the folder back into ${runs.split(sep).at(-1)}, or name where it is by --runs; the report is as it was`,
  });
}

/** `undefined` where there is none yet. */
const textOf = (report: string): Promise<string | undefined> =>
  readFile(report, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw unwritable(error, report);
  });

const savedMeanwhile = (): FiredrillError =>
  new FiredrillError('report-edited', 'somebody saved it while it was being made again', {
    where: 'report.md',
    fix: 'save what you write, then make it again; nothing was overwritten',
  });

function earlierOf(text: string | undefined, force: boolean): Earlier {
  const none: Earlier = { written: new Map(), isEditedOutside: false };
  if (text === undefined) return none;
  try {
    const earlier = readEarlier(text, 'report.md');
    if (!earlier.isEditedOutside || force) return earlier;
  } catch (error) {
    if (force) return none;
    throw error;
  }
  throw new FiredrillError('report-edited', 'something was changed outside of the parts that are yours', {
    where: 'report.md',
    fix: 'move what you wrote between two marks, then --force (the old file is kept beside it); nothing was overwritten',
  });
}

/** The first name that is free. */
async function keepOld(report: string): Promise<void> {
  if (!existsSync(report)) return;
  let number = 1;
  while (existsSync(`${report}.${number}.old`)) number += 1;
  await copyFile(report, `${report}.${number}.old`);
}

const titleOf = (markdown: string): string => /^# (.+)$/m.exec(markdown)?.[1] ?? 'Post-incident report';

function unwritable(error: unknown, folder: string): unknown {
  const { code = '', path = folder } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new FiredrillError('disk-full', 'no space is left for the report', { where: path, cause: error });
  if (!['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'EISDIR'].includes(code)) return error;
  return new FiredrillError('not-writable', `the report cannot be written (${code})`, {
    where: path,
    fix: 'name another folder by --out',
    cause: error,
  });
}
