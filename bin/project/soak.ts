import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { experiments } from '@firedrill/chaos';
import {
  type Cell,
  cellName,
  inSeededOrder,
  matrixCells,
  runCell,
  Stop,
  watchInterrupts,
} from '@firedrill/chaos/suite';
import { FiredrillError, runMain } from '@firedrill/errors';
import { type LabState, labDown, labUpWithProgress } from '@firedrill/lab';
import { parseDuration } from '@firedrill/slo';
import { root } from './root.ts';
import {
  deletedButOpen,
  entriesOf,
  heldByNode,
  notAsTopology,
  processesOf,
  sharedMemoryLeft,
  sharedMemoryOf,
  soakMark,
} from './soak-footprint.ts';
import { growing, type SoakRun } from './soak-result.ts';
import { writeResult } from './write-result.ts';

const usage = {
  for: { type: 'string', default: '1h' },
  level: { type: 'string', default: '1' },
  seed: { type: 'string', default: '1' },
  experiments: { type: 'string' },
} as const;

function number(text: string, where: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new FiredrillError('usage', `not a whole number: ${text}`, { where, fix: 'give digits only' });
}

/** Down to the folders of a lab's nodes; what is in those is the nodes' own. */
const depth = 3;

class Soak {
  readonly #lab: LabState;
  readonly #out: string;
  /** Everything temporary is below it: labs, sockets, scratch files. */
  readonly #temporary: string;
  #known: ReadonlySet<string> | undefined;
  #runs = 0;
  readonly sharedMemory = new Set<string>();

  constructor(lab: LabState, out: string, temporary: string) {
    this.#lab = lab;
    this.#out = out;
    this.#temporary = temporary;
  }

  async run(cell: Cell, signal: AbortSignal): Promise<SoakRun> {
    const mark = `${process.pid}-${this.#runs}`;
    this.#runs += 1;
    process.env[soakMark] = mark;
    const { verdict, problem, seconds } = await runCell(cell, { out: this.#out, base: root, signal });
    delete process.env[soakMark];
    const there = entriesOf(this.#temporary, depth);
    // What the first run makes in the lab's folder, every run needs: it goes with the lab.
    const known = this.#known ?? new Set(there);
    this.#known = known;
    for (const name of sharedMemoryOf(this.#lab)) this.sharedMemory.add(name);
    const left = [
      ...processesOf(mark).map((found) => `process ${found}`),
      ...there.filter((path) => !known.has(path)).map((path) => `file ${path}`),
      ...deletedButOpen(this.#lab).map((path) => `deleted but open: ${path}`),
      ...(await notAsTopology(this.#lab)),
    ];
    const held = heldByNode(this.#lab);
    return { cell: cellName(cell), verdict: verdict?.verdict ?? `none: ${problem}`, seconds, left, held };
  }
}

/**
 * `pnpm soak --for 1h [--level 1] [--seed 1] [--experiments a,b]`: experiments one after the other on one lab that is kept, and after each:
 * is a process, a proxy, a toxic, a file or more memory left? At the end the lab goes, and nothing may be left of it. Exits 1
 * when something is, whatever the verdicts are: on a kept lab the windows of one run hold the errors of the one before.
 */
await runMain(async () => {
  const { values } = parseArgs({ options: usage });
  const forSeconds = parseDuration(values.for);
  if (forSeconds === undefined) {
    throw new FiredrillError('usage', `not a duration: ${values.for}`, {
      where: '--for',
      fix: 'write 20m or 1h',
    });
  }
  const level = number(values.level, '--level');
  const seed = number(values.seed, '--seed');
  const names = values.experiments?.split(',');
  const cells = matrixCells({ experiments, levels: [level], seeds: [seed], names, variants: false });
  const out = mkdtempSync(join(tmpdir(), 'firedrill-soak-'));
  // A lab and a folder of its own: whatever else is done on this machine goes on beside it.
  const temporary = join(out, 't');
  mkdirSync(temporary);
  process.env['TMPDIR'] = temporary;
  process.env['FIREDRILL_LAB_SCOPE'] = `soak-${process.pid}`;
  const began = performance.now();
  const soFar = (): number => Math.round((performance.now() - began) / 1000);
  const runs: SoakRun[] = [];
  const stop = new Stop();
  const endWatch = watchInterrupts(stop);
  let soak: Soak | undefined;
  let leftAtTheEnd: readonly string[] = [];
  const write = (): Promise<string> =>
    writeResult('soak', { level, seed, seconds: soFar(), runs, growing: growing(runs), leftAtTheEnd });
  try {
    const { state } = await labUpWithProgress({ level, clock: 'drill' });
    soak = new Soak(state, out, temporary);
    for (const cell of inSeededOrder(cells, seed)) {
      if (soFar() >= forSeconds || stop.reason !== undefined) break;
      const run = await soak.run(cell, stop.signal);
      runs.push(run);
      const held = Object.values(run.held);
      const total = (what: 'descriptors' | 'rssMb'): number => held.reduce((sum, one) => sum + one[what], 0);
      process.stderr.write(
        `${soFar()} of ${forSeconds} s  ${run.cell}: ${run.verdict} in ${run.seconds} s, ${total('descriptors')} descriptors, ${total('rssMb')} MB, left: ${run.left.join('; ') || 'nothing'}\n`,
      );
      await write();
    }
  } finally {
    await labDown({ level });
    leftAtTheEnd = [...entriesOf(temporary, depth), ...sharedMemoryLeft(soak?.sharedMemory ?? [])];
    rmSync(out, { recursive: true, force: true });
    endWatch();
  }
  const path = await write();
  const left = [...runs.flatMap((run) => run.left), ...growing(runs), ...leftAtTheEnd];
  process.stdout.write(
    `${runs.length} runs in ${soFar()} s; left behind: ${left.length === 0 ? 'nothing' : `\n  ${left.join('\n  ')}`}\n${path}\n`,
  );
  return left.length === 0 ? 0 : 1;
});
