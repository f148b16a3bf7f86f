import type { Severity } from '@firedrill/slo';

/** One thing that the page shows, of whoever knows it. What cannot be asked now keeps its last value, and says so. */
export interface Part<Value> {
  readonly value: Value | null;
  /** When it was so, ISO 8601; `null`: never yet. */
  readonly at: string | null;
  /** Why it could not be asked at the last try. */
  readonly problem: string | null;
}

/** A pair of windows: its alert fires while both burn rates are over the factor. */
export interface LegSight {
  readonly severity: Severity;
  readonly speed: 'quick' | 'slow';
  readonly factor: number;
  readonly long: { readonly window: string; readonly burnRate: number | null };
  readonly short: { readonly window: string; readonly burnRate: number | null };
}

export interface SloSight {
  readonly name: string;
  readonly alert: string;
  readonly description: string;
  readonly objective: number;
  /** The share of good requests in the shortest window; `null` while nobody asks. */
  readonly sli: number | null;
  readonly legs: readonly LegSight[];
  /** Of the period's budget, by the rules; below 0 when overspent. */
  readonly budgetLeft: number | null;
  readonly firing: readonly Severity[];
}

/** Counted event by event, which takes Prometheus longer: every now and then. */
export interface BudgetSight {
  readonly slo: string;
  readonly period: string;
  readonly badEvents: number;
  readonly allowedEvents: number;
  readonly percentOf30d: number;
  readonly synthetic: boolean;
}

export interface AlertSight {
  readonly alert: string;
  readonly severity: string;
  /** `held back`: by a silence, or by a page of the same objective. */
  readonly state: 'pending' | 'firing' | 'held back';
  readonly since: string;
  readonly summary: string;
  /** Labels that tell its instances apart. */
  readonly what: string;
  /** Whether there is a runbook of its name. */
  readonly runbook: boolean;
}

export interface IncidentSight {
  readonly id: string;
  readonly status: 'open' | 'acknowledged' | 'recovered' | 'resolved';
  readonly openedAt: string;
  readonly endedAt: string | null;
  readonly assignee: string | null;
  /** It is not over, and came from an earlier start of this level: nothing will ever end its pages. */
  readonly labGone: boolean;
  /** `page CheckoutAvailability`. */
  readonly alerts: readonly string[];
  readonly runbook: string;
}

/** Those of one level. */
export interface IncidentsSight {
  readonly incidents: readonly IncidentSight[];
  /** Journals that cannot be read, and why: what they tell is missing. */
  readonly unread: readonly string[];
}

export interface PagingSight {
  readonly alerts: readonly AlertSight[];
  /** Who did not answer: what only they know is missing. */
  readonly blind: readonly PagingSource[];
  /** When the receiver last heard the Watchdog; `null`: not yet, or it does not answer. */
  readonly heartbeatAt: string | null;
}

export type PagingSource = 'Prometheus' | 'Alertmanager' | 'the receiver';

export interface NodeSight {
  readonly node: string;
  readonly kind: string;
  readonly role: 'user' | 'monitoring' | 'observer';
  /** `of a run`: the lab does not start it, and knows nothing of it. */
  readonly state: 'ready' | 'not ready' | 'down' | 'held' | 'of a run';
  /** Role and lag of a database server; anything else worth a line. */
  readonly note: string;
}

export interface EdgeSight {
  readonly edge: string;
  readonly from: readonly string[];
  readonly to: string;
  readonly plane: 'data' | 'telemetry' | 'observer';
  /** `sealed`: a drill is under way, and nobody is told. */
  readonly state: 'as it should' | 'toxic' | 'cut' | 'missing' | 'sealed';
  readonly toxics: readonly string[];
}

export interface TopologySight {
  readonly nodes: readonly NodeSight[];
  readonly edges: readonly EdgeSight[];
  /** What operators have set, as one line. */
  readonly operations: string;
}

export interface FaultSight {
  readonly id: string;
  readonly label: string;
  readonly where: readonly string[];
  /** As planned; ISO 8601, `null` before the load has begun. */
  readonly from: string | null;
  readonly to: string | null;
  /** As it happened. */
  readonly appliedAt: string | null;
  readonly healedAt: string | null;
}

export interface ExpectedAlert {
  readonly alert: string;
  readonly severity: Severity;
  /** ms after the first injection. */
  readonly predictedMs: number;
  readonly withinMs: number;
  readonly deliveredMs: number | null;
}

export interface RunSight {
  readonly id: string;
  readonly experiment: string;
  readonly title: string;
  readonly hypothesis: string;
  readonly level: number;
  readonly seed: number;
  readonly phase: string;
  readonly phaseSince: string;
  readonly startedAt: string;
  /** Of the load, as planned. */
  readonly load: { readonly from: string; readonly to: string } | null;
  readonly faults: readonly FaultSight[];
  readonly alerts: readonly ExpectedAlert[];
  readonly problem: string | null;
  /** The last of what happened, oldest first. */
  readonly told: readonly { readonly at: string; readonly text: string }[];
}

export interface LabSight {
  /** `silent`: there is one, and whoever runs its nodes does not answer. `none`: none of this level was seen since the page's server runs. */
  readonly state: 'running' | 'silent' | 'gone' | 'none';
  /** When it was missed first, where it is gone or silent. */
  readonly goneSince: string | null;
  /** One start of a lab; another name is another lab. */
  readonly name: string | null;
  readonly startedAt: string | null;
  readonly clock: 'drill' | 'production' | null;
  /** Held by a run, by a drill, or by nobody. */
  readonly heldBy: 'run' | 'drill' | null;
}

/** All that a page shows beside its charts and past runs. */
export interface Snapshot {
  readonly at: string;
  readonly level: number;
  readonly title: string;
  readonly declaredRps: number;
  readonly labRps: number;
  readonly lab: LabSight;
  readonly slos: Part<readonly SloSight[]>;
  readonly budget: Part<readonly BudgetSight[]>;
  readonly paging: Part<PagingSight>;
  readonly incidents: Part<IncidentsSight>;
  readonly topology: Part<TopologySight>;
  /** `null` as a value: none is under way, or none that may be seen. */
  readonly run: Part<RunSight>;
}

/** A run that has a folder. */
export interface PastRun {
  readonly id: string;
  readonly experiment: string;
  readonly level: number | null;
  readonly seed: number | null;
  readonly startedAt: string | null;
  /** `under way`: it holds a lab. `unfinished`: it has no verdict and nobody works on it. */
  readonly verdict: 'pass' | 'fail' | 'inconclusive' | 'aborted' | 'under way' | 'unfinished';
  readonly predictedMs: number | null;
  readonly measuredMs: number | null;
  readonly orders: { readonly acknowledged: number; readonly lost: number; readonly unknown: number } | null;
  /** The worst of its objectives, % of the 30-day budget. */
  readonly budgetPercent: number | null;
  readonly report: boolean;
}
