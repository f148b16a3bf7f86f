import type { Progress } from '@firedrill/chaos/engine';

/** Phases in which something may be broken: what the run would say of them gives it away. */
const telling = new Set(['inject', 'watch', 'operator']);

/** Pure: what may be said of a phase. */
function openText(phase: string, text: string): string {
  switch (phase) {
    case 'control':
      return 'come; from now on the pager may ring: `pnpm oncall watch`';
    case 'heal':
      return 'it is over: whatever was broken is healed';
    case 'drain':
      return 'users go on until the pages have ended';
    default:
      return text;
  }
}

/** What the run of a drill shows: the lab and the users as monitoring sees them, and nothing of what it does to them. */
export function sealedProgress(progress: Progress): Progress {
  let current = '';
  return {
    phase(name, text) {
      current = name;
      if (!telling.has(name)) progress.phase(name === 'control' ? 'users' : name, openText(name, text));
    },
    figure: (text) => progress.figure(text),
    note(text) {
      if (!telling.has(current)) progress.note(text);
    },
    end: () => progress.end(),
  };
}
