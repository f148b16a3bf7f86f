import { causes } from './cause.ts';
import type { DrillKey } from './event.ts';

/** Pure: one says more than the other. The last one leaves nothing to find. */
export function hintsOf({ answers, outcome }: DrillKey, pages: readonly string[]): readonly string[] {
  const runbooks = [...new Set(pages)].map((alert) => `\`pnpm runbook ${alert}\``).join(', ');
  const ask = (first: string) =>
    `${first}Ask what the page's runbook asks, one question after the other: ${runbooks}.`;
  if (outcome === 'left-alone') {
    return [
      ask(''),
      'Look at what was done to the lab since the drill began: `pnpm lab status` says what is set.',
      'Nothing was broken. Take back what was done by hand: what pages because of it ends by itself then.',
    ];
  }
  const many = answers.length > 1 ? `${answers.length} things are the matter. ` : '';
  const components = answers.map(({ components: names }) => names[0]).join(', and at ');
  const why = answers.map(({ causes: names }) => names.map((name) => causes[name])[0]).join('; and ');
  return [
    ask(many),
    `Look at ${components}.`,
    `${sentence(why)}. ${outcome === 'recovered' ? 'A lever serves the users again.' : 'No lever ends it: somebody must be called.'}`,
  ];
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
