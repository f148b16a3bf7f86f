import type { ActDraft } from './act.ts';
import { alertName, firingPages, type Incident } from './incident.ts';

/** Why an act would not fit, and what to do instead. */
export interface Refusal {
  readonly because: string;
  readonly fix: string;
}

/**
 * Pure: why an incident does not take an act; `undefined` when it does. A note is always taken.
 * @param force resolve what still fires
 */
export function refusalOf(incident: Incident, act: ActDraft, force = false): Refusal | undefined {
  const { id, status, resolved, acknowledged, assignee } = incident;
  if (act.kind === 'note') return undefined;
  if (resolved !== undefined) {
    const how = resolved.by === undefined ? 'by itself, when its last page ended' : `by ${resolved.by}`;
    return {
      because: `it was resolved ${how}, at ${resolved.at}`,
      fix: `a note is still taken: \`pnpm oncall note ${id} <text>\``,
    };
  }
  const over = { because: 'its pages have ended', fix: `say that it is over: \`pnpm oncall resolve ${id}\`` };
  switch (act.kind) {
    case 'acknowledge':
      if (acknowledged !== undefined) {
        return {
          because: `${acknowledged.by} acknowledged it already, at ${acknowledged.at}`,
          fix: 'leave it to them, or let somebody take it: `pnpm oncall assign`',
        };
      }
      return status === 'recovered' ? over : undefined;
    case 'assign':
      return assignee === act.to
        ? { because: `it is with ${act.to} already`, fix: 'nothing is to be done' }
        : undefined;
    case 'escalate':
      return status === 'recovered' ? over : undefined;
    case 'resolve': {
      const firing = firingPages(incident).map(alertName);
      if (firing.length === 0 || force) return undefined;
      return {
        because: `${firing.join(', ')} still fires`,
        fix: 'it ends by itself when its pages do; --force ends it now',
      };
    }
  }
}
