import type { ReportData } from '../report-data.ts';

/** One chapter of a report, as Markdown with its heading; empty when there is nothing to say. */
export type Section = (data: ReportData) => string;
