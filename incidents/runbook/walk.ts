import {
  type Answer,
  type Bindings,
  type Branch,
  type CodeBlock,
  holds,
  isDueAt,
  type Mitigation,
  type Runbook,
} from '@firedrill/runbooks';

/** How a walk ends. `degraded`: no lever ends the harm; what could be saved is, and whoever can help is called. */
export type Outcome = 'recovered' | 'degraded' | 'escalated';

/** What is to be done next. */
export type Act =
  | { readonly kind: 'ask'; readonly runbook: Runbook; readonly block: CodeBlock }
  | { readonly kind: 'mitigate'; readonly mitigation: Mitigation; readonly bindings: Bindings }
  /** `patient`: recovery is waited for; otherwise it is what is looked at now. */
  | { readonly kind: 'verify'; readonly patient: boolean }
  | { readonly kind: 'escalate' }
  | { readonly kind: 'end'; readonly outcome: Outcome };

/** What came of it. */
export type Result =
  | { readonly kind: 'answered'; readonly answer: Answer }
  /** `passed`: it was refused, declined or failed, and changed nothing. */
  | { readonly kind: 'mitigated'; readonly how: 'done' | 'passed' }
  | { readonly kind: 'verified'; readonly recovered: boolean }
  | { readonly kind: 'escalated' };

interface Question {
  readonly runbook: Runbook;
  readonly block: CodeBlock;
}

/** Where somebody is who follows a runbook. Nothing but answers moves them on. */
export interface Walk {
  readonly level: number;
  /** Whose alert it is: by its words recovery is told. */
  readonly runbook: Runbook;
  readonly questions: readonly Question[];
  readonly place: number;
  /** To be done before the next question. */
  readonly todo: readonly Act[];
  /** Mitigations that were begun, each with what it was put on. */
  readonly tried: readonly string[];
  /** Runbooks whose questions are among these. */
  readonly opened: readonly string[];
}

/** Every runbook, by its alert. */
export type Shelf = ReadonlyMap<string, Runbook>;

export function beginWalk(runbook: Runbook, level: number): Walk {
  const questions = questionsOf(runbook, level);
  return { level, runbook, questions, place: 0, todo: [], tried: [], opened: [runbook.alert] };
}

const questionsOf = (runbook: Runbook, level: number): readonly Question[] =>
  runbook.blocks
    .filter(({ section, levels }) => section === 'Diagnosis' && isDueAt(levels, level))
    .map((block) => ({ runbook, block }));

/** Pure. */
export function actOf({ todo, questions, place }: Walk): Act {
  const [first] = todo;
  if (first !== undefined) return first;
  const question = questions[place];
  // Nothing is left to ask: it may have gone by itself meanwhile.
  return question === undefined ? { kind: 'verify', patient: false } : { kind: 'ask', ...question };
}

/** Pure: the line of the table that an answer is; `undefined` where none foresees it. */
export function branchOf(
  block: CodeBlock,
  answer: Answer,
): { branch: Branch; bindings: Bindings } | undefined {
  for (const branch of block.branches) {
    const found = holds(branch.answer, answer);
    if (found === undefined) continue;
    const named = Object.entries(branch.names).flatMap(([name, label]) =>
      found[label] === undefined ? [] : [[name, found[label]] as const],
    );
    const capitals = Object.entries(found).filter(([name]) => /^[A-Z]{2,}$/.test(name));
    return { branch, bindings: Object.fromEntries([...capitals, ...named]) };
  }
  return undefined;
}

/** Pure: where the result of {@link actOf}'s act leads. Ends always: nothing is tried twice, and no runbook is opened twice. */
export function walkOn(walk: Walk, result: Result, shelf: Shelf): Walk {
  switch (result.kind) {
    case 'answered':
      return answered(walk, result.answer, shelf);
    case 'mitigated':
      return mitigated(walk, result.how);
    case 'verified':
      return verified(walk, result.recovered);
    case 'escalated':
      return { ...walk, todo: [{ kind: 'end', outcome: 'escalated' }] };
  }
}

function verified(walk: Walk, recovered: boolean): Walk {
  if (recovered) return { ...walk, todo: [{ kind: 'end', outcome: 'recovered' }] };
  const act = actOf(walk);
  if (act.kind === 'verify' && !act.patient) return { ...walk, todo: [escalation] };
  // What is not over may answer otherwise now.
  return { ...walk, todo: [], place: 0 };
}

function answered(walk: Walk, answer: Answer, shelf: Shelf): Walk {
  const question = walk.questions[walk.place];
  const found = question && branchOf(question.block, answer);
  let on: Walk = { ...walk, place: walk.place + 1 };
  if (question === undefined || found === undefined) return on;
  for (const target of found.branch.targets) {
    if (target.kind === 'runbook') {
      on = opened(on, shelf.get(target.alert));
      continue;
    }
    const act =
      target.kind === 'escalation' ? escalation : mitigationOf(walk, question, target.slug, found.bindings);
    if (act !== undefined) on = { ...on, todo: [...on.todo, act] };
  }
  return on;
}

const escalation: Act = { kind: 'escalate' };

/** `undefined` where it was tried before, or is none of this level. */
function mitigationOf(walk: Walk, { runbook }: Question, slug: string, bindings: Bindings): Act | undefined {
  const mitigation = runbook.mitigations.find((one) => one.slug === slug);
  if (mitigation === undefined || !isDueAt(mitigation.levels, walk.level)) return undefined;
  return walk.tried.includes(nameOf(mitigation, bindings))
    ? undefined
    : { kind: 'mitigate', mitigation, bindings };
}

/** Its questions come next, then those that were left. */
function opened(walk: Walk, runbook: Runbook | undefined): Walk {
  if (runbook === undefined || walk.opened.includes(runbook.alert)) return walk;
  const { questions, place, level } = walk;
  return {
    ...walk,
    opened: [...walk.opened, runbook.alert],
    questions: [...questions.slice(0, place), ...questionsOf(runbook, level), ...questions.slice(place)],
  };
}

function mitigated(walk: Walk, how: 'done' | 'passed'): Walk {
  const [act, ...rest] = walk.todo;
  if (act?.kind !== 'mitigate') return walk;
  const tried = [...walk.tried, nameOf(act.mitigation, act.bindings)];
  if (act.mitigation.escalate !== undefined)
    return { ...walk, tried, todo: [{ kind: 'end', outcome: 'degraded' }] };
  return how === 'done'
    ? { ...walk, tried, todo: [{ kind: 'verify', patient: true }] }
    : { ...walk, tried, todo: rest };
}

const nameOf = ({ slug }: Mitigation, bindings: Bindings): string => `${slug} ${JSON.stringify(bindings)}`;
