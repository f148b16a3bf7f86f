import { matchersText, type Silence } from './silence.ts';

/** A silence and the level of the lab whose Alertmanager has it: what `--json` prints. */
export interface LevelSilence {
  readonly level: number;
  readonly id: string;
  readonly state: Silence['status']['state'];
  readonly matchers: Silence['matchers'];
  readonly owner: string;
  readonly reason: string;
  readonly startsAt: string;
  readonly endsAt: string;
}

/** Pure: in the words of the command, which are not those of Alertmanager. */
export function levelSilence(level: number, silence: Silence): LevelSilence {
  const { id, status, matchers, createdBy, comment, startsAt, endsAt } = silence;
  return { level, id, state: status.state, matchers, owner: createdBy, reason: comment, startsAt, endsAt };
}

/** Pure: silences for people, two lines each. */
export function silencesText(silences: readonly LevelSilence[]): string {
  if (silences.length === 0) return 'nothing is silenced';
  return silences.map(silenceText).join('\n');
}

/** Pure. */
export function silenceText(silence: LevelSilence): string {
  const { id, level, state, owner, reason } = silence;
  const end = silence.endsAt.replace(/\.\d+Z$/, 'Z');
  const until = state === 'expired' ? `ended ${end}` : `${state} until ${end}`;
  return `${id}  level ${level}, ${until}, by ${owner || 'nobody'}: ${reason || 'no reason'}\n  ${matchersText(silence)}`;
}
