import { FiredrillError } from '@firedrill/errors';
import { levelByNumber } from '@firedrill/topology';
import { type Cause, causeNames, noComponent } from './cause.ts';
import { begunOf, type DrillEntry, type DrillEvent, eventsOf } from './event.ts';
import { hintsOf } from './hints.ts';

const refused = (because: string, fix: string): FiredrillError =>
  new FiredrillError('drill-refused', because, { fix });

/** What nobody can act on any more. @throws {FiredrillError} `drill-refused` */
function refuseOver(events: readonly DrillEvent[]): void {
  const resolved = eventsOf(events, 'resolved').at(-1);
  if (resolved !== undefined) {
    throw refused(`${resolved.by} resolved it already, at ${resolved.at}`, 'wait for its debrief');
  }
  const late = eventsOf(events, 'time-up').at(-1);
  if (late !== undefined) throw refused(`its time was up at ${late.at}`, 'wait for its debrief');
  const ended = eventsOf(events, 'ended').at(-1);
  if (ended !== undefined)
    throw refused(`the drill ended at ${ended.at}`, 'read its debrief: `pnpm drill history`');
}

/** Pure: what may be named at a level. */
export const componentsOf = (level: number): readonly string[] => [
  ...levelByNumber(level).nodes.map(({ name }) => name),
  noComponent,
];

/**
 * Pure: somebody says what is the matter. Whether that is right is told to nobody before the end.
 * @throws {FiredrillError} `usage`, `drill-refused`
 */
export function diagnosis(
  events: readonly DrillEvent[],
  by: string,
  component: string,
  cause: string,
): DrillEntry {
  refuseOver(events);
  const components = componentsOf(begunOf(events).level);
  if (!components.includes(component)) {
    throw new FiredrillError('usage', `there is no component ${component}`, {
      where: '--component',
      fix: `use one of ${components.join(', ')}`,
    });
  }
  const known = causeNames.find((name) => name === cause);
  if (known === undefined) {
    throw new FiredrillError('usage', `there is no cause ${cause}`, {
      where: '--cause',
      fix: `use one of ${causeNames.join(', ')}`,
    });
  }
  if ((component === noComponent) !== (known === ('nothing' satisfies Cause))) {
    throw new FiredrillError('usage', 'where nothing is the matter no component is', {
      where: '--cause',
      fix: `say both: --component ${noComponent} --cause nothing`,
    });
  }
  const said = eventsOf(events, 'diagnosed').find(
    (one) => one.component === component && one.cause === known,
  );
  if (said !== undefined) throw refused(`${said.by} said so already, at ${said.at}`, 'go on from there');
  return { type: 'diagnosed', by, component, cause: known };
}

/**
 * Pure: the next hint.
 * @param pages that have come; before, there is nothing to hint at, and a hint would tell that there will be.
 * @throws {FiredrillError} `drill-refused`
 */
export function hint(events: readonly DrillEvent[], by: string, pages: readonly string[]): DrillEntry {
  refuseOver(events);
  if (pages.length === 0)
    throw refused('nothing has paged: there is nothing to hint at', 'watch: `pnpm oncall watch`');
  const all = hintsOf(begunOf(events).key, pages);
  const number = eventsOf(events, 'hinted').length + 1;
  const text = all[number - 1];
  if (text !== undefined) return { type: 'hinted', by, number, text };
  throw refused(`there are ${all.length} hints, and you have them`, 'see them with `pnpm drill status`');
}

/** Pure: somebody says that it is over. @throws {FiredrillError} `drill-refused` */
export function resolution(events: readonly DrillEvent[], by: string): DrillEntry {
  refuseOver(events);
  if (eventsOf(events, 'diagnosed').length === 0) {
    throw refused(
      'nobody has said what it was',
      `say it first: \`pnpm drill diagnose --component <name> --cause <cause>\`, also that it was nothing (${noComponent}, nothing)`,
    );
  }
  return { type: 'resolved', by };
}
