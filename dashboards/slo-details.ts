import { levelsWithSlos, sloCatalogue } from '@firedrill/slo';
import type { Dashboard } from './panel.ts';
import { sloDetail } from './slo-detail.ts';

const all = levelsWithSlos().flatMap((level) => sloCatalogue(level));
const names = [...new Set(all.map(({ name }) => name))];

/** One for each objective; the level is the viewer's choice. */
export const sloDetails: readonly Dashboard[] = names.map((name) => {
  const { alert } = all.find((slo) => slo.name === name)!;
  return sloDetail({
    name,
    alert,
    description: `How the budget of ${name} burns, at every level: ${alert} is its page and its ticket.`,
  });
});
