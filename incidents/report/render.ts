import { blocks } from '@firedrill/chaos/report';
import type { Facts } from './facts.ts';
import { marked, type PartName, type Parts, sealed } from './marks.ts';
import { proposals } from './proposals/index.ts';
import { budget } from './sections/budget.ts';
import { leadUp, mitigation, recovery, response, timeline, trigger } from './sections/course.ts';
import { detection } from './sections/detection.ts';
import { head } from './sections/head.ts';
import { impact } from './sections/impact.ts';
import { evidence, missing } from './sections/known.ts';
import { logs, plots, promises, traces } from './sections/seen.ts';

/** Pure: report.md; `written` are the parts that people wrote, the others are proposed. */
export function renderReport(facts: Facts, written: Parts): string {
  const part = (name: PartName): string => {
    const proposal = proposals[name](facts);
    return marked(name, written.get(name) ?? proposal, proposal);
  };
  const titled = (heading: string, name: PartName): string => blocks(`## ${heading}`, part(name));
  return sealed(
    blocks(
      part('title'),
      head(facts),
      blocks('### Severity', part('severity')),
      blocks('### Roles', part('roles')),
      titled('Summary', 'summary'),
      impact(facts),
      leadUp(facts),
      trigger(facts),
      part('trigger'),
      detection(facts),
      response(facts),
      mitigation(facts),
      recovery(facts),
      timeline(facts),
      plots(facts),
      budget(facts),
      promises(facts),
      logs(facts),
      traces(facts),
      titled('Contributing factors', 'contributing-factors'),
      titled('What went well', 'went-well'),
      titled('What went badly', 'went-badly'),
      titled('Where we were lucky', 'lucky'),
      titled('Action items', 'action-items'),
      titled('Anything else', 'anything-else'),
      missing(facts),
      evidence(facts),
    ),
  );
}
