import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Answer,
  type Bindings,
  type CodeBlock,
  holds,
  isDueAt,
  type Mitigation,
  type Runbook,
} from '@firedrill/runbooks';
import { type Command, parseCommand } from './command.ts';
import { fillIn } from './fill-in.ts';
import type { Hands } from './hands.ts';
import type { Transcript, TranscriptEvent, Undated } from './transcript.ts';
import { type Act, actOf, beginWalk, branchOf, type Result, type Shelf, walkOn } from './walk.ts';

export interface RunOptions {
  readonly shelf: Shelf;
  readonly hands: Hands;
  /** Asked before whatever changes something. */
  readonly confirm: (question: string) => Promise<boolean>;
  readonly onEvent: (event: TranscriptEvent) => void;
  /** How long recovery may take after a mitigation, ms. */
  readonly patienceMs: number;
  readonly signal?: AbortSignal;
}

/** While recovery is waited for, it is looked at so often, ms. */
const lookEveryMs = 500;

/**
 * Walks a runbook: asks what it asks, does what it says for the answers, and sees whether that has helped. It knows of the lab
 * what the answers say, and nothing else.
 */
export async function runRunbook(runbook: Runbook, options: RunOptions): Promise<Transcript> {
  const { hands, shelf, onEvent } = options;
  const began = performance.now();
  const tookMs = () => Math.round(performance.now() - began);
  const events: TranscriptEvent[] = [];
  const tell = (event: Undated): void => {
    const dated = { at: new Date().toISOString(), ...event };
    events.push(dated);
    onEvent(dated);
  };
  const runner = new Runner(runbook, options, tell);
  let walk = beginWalk(runbook, hands.level);
  for (;;) {
    options.signal?.throwIfAborted();
    const act = actOf(walk);
    if (act.kind === 'end') {
      tell({ type: 'ended', outcome: act.outcome, tookMs: tookMs() });
      return { runbook: runbook.alert, level: hands.level, outcome: act.outcome, tookMs: tookMs(), events };
    }
    walk = walkOn(walk, await runner.carryOut(act), shelf);
  }
}

/** Does single acts. */
class Runner {
  readonly #runbook: Runbook;
  readonly #options: RunOptions;
  readonly #tell: (event: Undated) => void;

  constructor(runbook: Runbook, options: RunOptions, tell: (event: Undated) => void) {
    this.#runbook = runbook;
    this.#options = options;
    this.#tell = tell;
  }

  async carryOut(act: Exclude<Act, { kind: 'end' }>): Promise<Result> {
    switch (act.kind) {
      case 'ask':
        return this.#ask(act.runbook, act.block);
      case 'mitigate':
        return this.#mitigate(act.mitigation, act.bindings);
      case 'verify':
        return { kind: 'verified', recovered: await this.#verify(act.patient) };
      case 'escalate':
        for (const text of this.#runbook.escalation) this.#tell({ type: 'escalate', text });
        return { kind: 'escalated' };
    }
  }

  async #ask(runbook: Runbook, block: CodeBlock): Promise<Result> {
    const { asked, answer } = await this.#answerOf(block, {});
    const is = branchOf(block, answer)?.branch;
    this.#tell({
      type: 'asked',
      runbook: runbook.alert,
      ...(block.question === undefined ? {} : { question: block.question }),
      language: block.language,
      asked,
      answer,
      expected: block.branches.map(({ words, advice }) => ({ answer: words, advice })),
      ...(is === undefined ? {} : { is: is.words }),
    });
    return { kind: 'answered', answer };
  }

  /** A query, or the lines of a shell block one after the other, of which none changes anything. */
  async #answerOf(block: CodeBlock, bindings: Bindings): Promise<{ asked: string; answer: Answer }> {
    const { hands } = this.#options;
    if (block.language === 'promql' || block.language === 'logql')
      return { asked: block.text, answer: await hands.query(block.language, block.text) };
    const answers: string[] = [];
    const lines: string[] = [];
    for (const line of block.text.split('\n')) {
      const filled = fillIn(line, hands.level, bindings, hands.addressOf) ?? line;
      lines.push(filled);
      const answer = await this.#look(parseCommand(filled));
      if (answer.kind === 'none') return { asked: lines.join('\n'), answer };
      answers.push(answer.kind === 'text' ? answer.text : '');
    }
    return { asked: lines.join('\n'), answer: { kind: 'text', text: answers.join('\n') } };
  }

  #look(command: Command | undefined): Promise<Answer> {
    const { hands } = this.#options;
    if (command?.kind === 'look') return hands.look(command.script, command.words);
    if (command?.kind === 'get') return hands.get(command.url);
    return Promise.resolve({ kind: 'none', why: 'this is not asked by the runner' });
  }

  /** Lever by lever; one that does not work, or is not wanted, ends it. */
  async #mitigate(mitigation: Mitigation, bindings: Bindings): Promise<Result> {
    this.#tell({ type: 'mitigation', title: mitigation.title, on: bindings });
    const { level } = this.#options.hands;
    let how: 'done' | 'passed' = 'done';
    const due = mitigation.blocks.filter(
      ({ language, levels }) => language === 'sh' && isDueAt(levels, level),
    );
    for (const line of due.flatMap(({ text }) => text.split('\n'))) {
      if (how === 'done' && !(await this.#pull(line, bindings))) how = 'passed';
    }
    if (mitigation.communicate !== undefined)
      this.#tell({ type: 'communicate', text: mitigation.communicate });
    if (mitigation.escalate !== undefined) this.#tell({ type: 'escalate', text: mitigation.escalate });
    return { kind: 'mitigated', how };
  }

  async #pull(line: string, bindings: Bindings): Promise<boolean> {
    const { hands, confirm } = this.#options;
    const filled = fillIn(line, hands.level, bindings, hands.addressOf);
    const command = filled === undefined ? undefined : parseCommand(filled);
    if (filled === undefined || command === undefined) {
      this.#tell({ type: 'note', text: `not everything of "${line}" is known: it was left out` });
      return false;
    }
    if (command.kind !== 'lever') {
      await this.#look(command);
      return true;
    }
    const { lever } = command;
    const told = (state: 'begun' | 'step' | 'done' | 'refused' | 'failed' | 'declined', text: string): void =>
      this.#tell({ type: 'lever', lever, state, text });
    if (!(await confirm(filled))) {
      told('declined', 'not done');
      return false;
    }
    told('begun', filled);
    const { how, text } = await hands.pull(lever, (step) => told('step', step));
    told(how, text);
    return how === 'done';
  }

  /** Whether all that must be so is so, or comes to be so where there is patience, and stays for as long as it says. */
  async #verify(patient: boolean): Promise<boolean> {
    const { hands, patienceMs, signal } = this.#options;
    const began = performance.now();
    const blocks = this.#runbook.blocks.filter(
      ({ section, levels, expect }) =>
        section === 'Verify recovery' && expect !== undefined && isDueAt(levels, hands.level),
    );
    const since = new Map<CodeBlock, number>();
    for (;;) {
      const checks = await Promise.all(
        blocks.map(async (block) => {
          const { asked, answer } = await this.#answerOf(block, {});
          const fits = block.expect !== undefined && holds(block.expect.answer, answer) !== undefined;
          if (fits && !since.has(block)) since.set(block, performance.now());
          if (!fits) since.delete(block);
          const heldMs = performance.now() - (since.get(block) ?? Number.POSITIVE_INFINITY);
          const isHeld = fits && heldMs >= 1000 * (block.expect?.holdSeconds ?? 0);
          return { asked, expected: block.expect?.words ?? '', answer, holds: isHeld };
        }),
      );
      const recovered = blocks.length > 0 && checks.every((check) => check.holds);
      const tookMs = Math.round(performance.now() - began);
      const isHopeless = !patient && (blocks.length === 0 || since.size < blocks.length);
      if (recovered || isHopeless || tookMs > patienceMs) {
        this.#tell({ type: 'verified', recovered, checks, tookMs });
        return recovered;
      }
      await sleep(lookEveryMs, undefined, signal === undefined ? {} : { signal });
    }
  }
}
