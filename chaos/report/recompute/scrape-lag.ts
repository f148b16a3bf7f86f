import { type Clock, clientScrapeSeconds } from '@firedrill/slo';

/** From the end of a scrape until every query sees what it brought, s. */
const writtenSeconds = 1.5;
/** Blackbox', the longest interval that is no matter of the clock, s. */
const probeSeconds = 3;

/** How old the newest scrape of the users can be that was not seen: it counts from its begin, and times out after its interval. ms. */
export const clientLagMs = (clock: Clock): number => (clientScrapeSeconds[clock] + writtenSeconds) * 1000;

/** The same of any scrape. ms. */
export const scrapeLagMs = (clock: Clock): number =>
  Math.max(clientLagMs(clock), (probeSeconds + writtenSeconds) * 1000);
