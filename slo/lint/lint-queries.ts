import { readSelection } from '../catalogue/selector.ts';
import type { Spec, SpecSlo } from '../catalogue/spec.ts';
import { formatLe } from '../history/quiet-history.ts';
import { trafficShare } from '../traffic.ts';
import type { Finding, FindingPlace } from './finding.ts';

/** Do the queries select what they mean to? */
export function lintQueries(slo: SpecSlo, spec: Spec, at: FindingPlace): readonly Finding[] {
  const findings: Finding[] = [];
  const { error_query: errorQuery, total_query: totalQuery } = slo.sli.events;
  const error = readSelection(errorQuery);
  const total = readSelection(totalQuery);
  for (const [field, query] of [
    ['error_query', errorQuery],
    ['total_query', totalQuery],
  ] as const) {
    const where = at(`sli.events.${field}`);
    if (!query.includes('[{{.window}}]')) {
      findings.push({ ...where, problem: 'has no [{{.window}}]', fix: 'let Sloth fill in the window' });
    }
    const { services, operations } = readSelection(query);
    if (services.length !== 1 || services[0] !== spec.service) {
      findings.push({
        ...where,
        problem: 'does not select its own service',
        fix: `add service="${spec.service}"`,
      });
    }
    const unknown = operations.filter((operation) => !(operation in trafficShare));
    if (operations.length === 0 || unknown.length > 0) {
      const problem =
        unknown.length > 0 ? `no operation is called ${unknown.join(', ')}` : 'selects no operation';
      findings.push({ ...where, problem, fix: `use ${Object.keys(trafficShare).join(', ')}` });
    }
  }
  if ([...error.operations].sort().join() !== [...total.operations].sort().join()) {
    findings.push({
      ...at('sli.events.error_query'),
      problem: `counts ${error.operations.join('|')}, but total_query ${total.operations.join('|')}`,
      fix: 'select the same operations in both',
    });
  }
  if (error.le !== undefined && error.le !== formatLe(Number(error.le))) {
    findings.push({
      ...at('sli.events.error_query'),
      problem: `le="${error.le}" selects nothing: Prometheus 3 stores whole bounds as floats`,
      fix: `write le="${formatLe(Number(error.le))}"`,
    });
  }
  return findings;
}
