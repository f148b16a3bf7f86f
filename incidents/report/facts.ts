import type { ReportData } from '@firedrill/chaos/report';
import type { BudgetCost, Slo } from '@firedrill/slo';
import type { Incident } from '../pager/incident.ts';

/** A file that shows something, as a link from the report's folder. */
export interface Source {
  readonly name: string;
  readonly path: string;
}

/** One line of the timeline; ms since the epoch. */
export interface Line {
  readonly atMs: number;
  /** Markdown. */
  readonly what: string;
  readonly by?: string;
  readonly source: Source;
}

/** What the users got of one operation while the incident lasted for them. */
export interface OperationFelt {
  readonly operation: string;
  readonly counted: number;
  readonly bad: number;
  readonly p50Ms?: number | undefined;
  readonly p99Ms?: number | undefined;
}

/** When the users were hurt, ms since the epoch. */
export interface Span {
  readonly fromMs: number;
  /** Absent where they had not recovered when it was last looked. */
  readonly toMs: number | undefined;
}

/** What one SLO's budget lost to the incident. */
export interface Burn {
  readonly slo: Slo;
  readonly events: number;
  readonly cost: BudgetCost;
  /** Bad events of the whole run, where there was one. */
  readonly badInRun?: number;
}

/** One alert from the first bad event on; ms since the epoch, absent where it did not come or is not known. */
export interface AlertFacts {
  readonly name: string;
  readonly alert: string;
  readonly severity: 'page' | 'ticket';
  readonly firstBadMs: number | undefined;
  /** By the users' own events, in both windows. */
  readonly crossingMs: number | undefined;
  /** The crossing and the pipeline's mean delay. */
  readonly predictedMs: number | undefined;
  readonly firingMs: number | undefined;
  readonly deliveredMs: number | undefined;
  readonly resolvedMs: number | undefined;
}

/** An alert that nobody got, and why somebody should have. */
export interface Unfired {
  readonly name: string;
  readonly because: string;
}

/** Log lines that say the same, by when the first came. */
export interface LogGroup {
  readonly atMs: number;
  readonly service: string;
  readonly node: string;
  readonly severity: string;
  readonly message: string;
  readonly count: number;
}

export interface TraceSpan {
  readonly depth: number;
  readonly service: string;
  readonly operation: string;
  /** From the trace's beginning. */
  readonly startMs: number;
  readonly tookMs: number;
  readonly error: string | undefined;
}

export interface Trace {
  readonly id: string;
  readonly title: string;
  readonly source: Source;
  readonly spans: readonly TraceSpan[];
}

/** All that a post-incident report says of itself, worked out once. */
export interface Facts {
  readonly incident: Incident;
  /** The run that caused it. */
  readonly run: ReportData | undefined;
  /** What the users got, and by what that is known; `undefined`: nobody measured it. */
  readonly felt: readonly OperationFelt[] | undefined;
  readonly feltFrom: string;
  readonly users: Span | undefined;
  /** Customers with at least one failed request, where the ledger names them. */
  readonly customersHurt: number | undefined;
  readonly burns: readonly Burn[];
  readonly alerts: readonly AlertFacts[];
  readonly unfired: readonly Unfired[];
  /** Markdown, one point each. */
  readonly leadUp: readonly string[];
  readonly trigger: readonly string[];
  readonly mitigation: readonly string[];
  readonly recovery: readonly string[];
  readonly lines: readonly Line[];
  /** `undefined`: the log could not be read. */
  readonly logs: readonly LogGroup[] | undefined;
  readonly logSource: Source | undefined;
  readonly traces: readonly Trace[];
  /** SVG by name. */
  readonly plots: ReadonlyMap<string, string>;
  readonly evidence: readonly (Source & { readonly what: string })[];
  /** What is not known, and why. */
  readonly missing: readonly string[];
}
