import type { DatabaseSync } from 'node:sqlite';
import { type Notification, notificationSchema } from '@firedrill/alerts';
import { FiredrillError } from '@firedrill/errors';
import { type Act, type ActDraft, actSchema } from './act.ts';
import { inTransaction, openDatabase } from './database.ts';
import { alertName, firingPages, type Incident } from './incident.ts';
import { incidentsOf, type LabIncidents } from './incidents-of.ts';
import { journalFiles, readJournalFile } from './journal-files.ts';
import { actsOf } from './read-acts.ts';
import { refusalOf } from './refusal.ts';

export interface ActOptions {
  readonly by: string;
  /** The revision that was seen: refused when somebody acted since. */
  readonly revision?: number;
  /** Resolve what still fires. */
  readonly force?: boolean;
}

/** A journal that cannot be read. */
export interface PagerProblem {
  readonly path: string;
  readonly problem: string;
}

/**
 * The store of a checkout's incidents: what its labs' receivers kept, and what people did. Any number of processes may have it
 * open; whatever dies, what was told is there.
 */
export class Pager {
  readonly #folder: string;
  readonly #database: DatabaseSync;
  readonly #now: () => Date;
  readonly #known = new Map<string, { readonly state: string; readonly found: LabIncidents }>();
  /** SQLite's number of what other processes have changed. */
  #seen: unknown;

  private constructor(folder: string, now: () => Date) {
    this.#folder = folder;
    this.#database = openDatabase(folder);
    this.#now = now;
  }

  /** @throws {FiredrillError} `invalid-data` when what is there is no store; `lab-busy`, `disk-full`. */
  static open(folder: string, now: () => Date = () => new Date()): Pager {
    return new Pager(folder, now);
  }

  /** Takes in what the receivers have kept since. @returns the journals that could not be read; the others are taken in. */
  refresh(): readonly PagerProblem[] {
    const taken = new Map(
      this.#database
        .prepare('SELECT lab, bytes FROM journal')
        .all()
        .map(({ lab, bytes }) => [lab, bytes]),
    );
    return journalFiles(this.#folder).flatMap((file) => {
      if (taken.get(file.lab) === file.bytes) return [];
      let notifications: readonly Notification[];
      try {
        notifications = readJournalFile(file);
      } catch (error) {
        return [{ path: file.path, problem: error instanceof Error ? error.message : String(error) }];
      }
      this.#take(file.lab, file.bytes, notifications);
      return [];
    });
  }

  /** Of all labs or one, in the order in which they opened. */
  incidents(lab?: string): readonly Incident[] {
    return this.#labs(lab)
      .flatMap(({ incidents }) => incidents)
      .toSorted((a, b) => Date.parse(a.openedAt) - Date.parse(b.openedAt));
  }

  /** Tickets of all labs or one that belong to no incident, in the order in which they fired. */
  tickets(lab?: string): LabIncidents['tickets'] {
    return this.#labs(lab)
      .flatMap(({ tickets }) => tickets)
      .toSorted((a, b) => Date.parse(a.firedAt) - Date.parse(b.firedAt));
  }

  /**
   * The incident of an id, or of the beginning of one where that is enough.
   * @throws {FiredrillError} `incident-not-found`, `usage` when several begin so.
   */
  find(id: string): Incident {
    const all = this.incidents();
    const exact = all.find((incident) => incident.id === id);
    const found = exact === undefined ? all.filter((incident) => incident.id.startsWith(id)) : [exact];
    if (found.length > 1) {
      const ids = found.map((incident) => incident.id).join(', ');
      throw new FiredrillError('usage', `several incidents begin so: ${ids}`, { where: id, fix: 'name one' });
    }
    if (found[0] !== undefined && id !== '') return found[0];
    throw new FiredrillError('incident-not-found', 'there is no incident with this id', {
      where: id,
      fix: 'see `pnpm oncall list --all`',
    });
  }

  /**
   * Adds an act, or changes nothing. @returns the incident after it.
   * @throws {FiredrillError} `incident-not-found`, `act-refused`
   */
  act(id: string, draft: ActDraft, { by, revision, force = false }: ActOptions): Incident {
    this.refresh();
    return inTransaction(this.#database, () => {
      const incident = this.find(id);
      const act = this.#actOf(incident, draft, by);
      const refusal = meanwhile(incident, revision) ?? refusalOf(incident, draft, force);
      if (refusal !== undefined) {
        const { because, fix } = refusal;
        throw new FiredrillError('act-refused', because, { where: incident.id, fix });
      }
      this.#database
        .prepare('INSERT INTO act (lab, incident, revision, body) VALUES (?, ?, ?, ?)')
        .run(act.lab, act.incident, act.revision, JSON.stringify(act));
      return this.find(incident.id);
    });
  }

  close(): void {
    this.#database.close();
  }

  #actOf({ lab, id, revision, alerts }: Incident, draft: ActDraft, by: string): Act {
    const { last } = this.#database
      .prepare('SELECT max(seq) AS last FROM notification WHERE lab = ?')
      .get(lab) as { last: number };
    return actSchema.parse({
      lab,
      incident: id,
      revision: revision + 1,
      at: this.#now().toISOString(),
      by,
      after: last,
      ...draft,
      ...(draft.kind === 'resolve' ? { firing: firingPages({ alerts }).map(alertName) } : {}),
    });
  }

  #take(lab: string, bytes: number, notifications: readonly Notification[]): void {
    inTransaction(this.#database, () => {
      // The number of a delivery that was rolled back, on a full disk, is the next one's.
      const insert = this.#database.prepare(
        'INSERT INTO notification VALUES (?, ?, ?) ON CONFLICT (lab, seq) DO UPDATE SET body = excluded.body',
      );
      for (const notification of notifications)
        insert.run(lab, notification.seq, JSON.stringify(notification));
      this.#database.prepare('INSERT OR REPLACE INTO journal VALUES (?, ?)').run(lab, bytes);
    });
    this.#known.delete(lab);
  }

  #labs(only?: string): readonly LabIncidents[] {
    this.#forgetWhatOthersChanged();
    const states = this.#database
      .prepare(
        `SELECT lab, count(*) AS notifications, (SELECT count(*) FROM act WHERE act.lab = notification.lab) AS acts
           FROM notification GROUP BY lab ORDER BY lab`,
      )
      .all() as { lab: string; notifications: number; acts: number }[];
    return states
      .filter(({ lab }) => only === undefined || lab === only)
      .map(({ lab, notifications, acts }) => {
        const state = `${notifications} ${acts}`;
        const known = this.#known.get(lab);
        if (known?.state === state) return known.found;
        const found = incidentsOf({ lab, notifications: this.#notifications(lab), acts: this.#acts(lab) });
        this.#known.set(lab, { state, found });
        return found;
      });
  }

  /** Not all that another process writes is one notification or act more. */
  #forgetWhatOthersChanged(): void {
    const seen = this.#database.prepare('PRAGMA data_version').get()?.['data_version'];
    if (seen !== this.#seen) this.#known.clear();
    this.#seen = seen;
  }

  #notifications(lab: string): readonly Notification[] {
    return this.#database
      .prepare('SELECT body FROM notification WHERE lab = ? ORDER BY seq')
      .all(lab)
      .map(({ body }) => notificationSchema.parse(JSON.parse(String(body))));
  }

  #acts(lab: string): readonly Act[] {
    return actsOf(this.#database, lab);
  }
}

function meanwhile({ revision, acts }: Incident, seen: number | undefined) {
  const last = acts.at(-1);
  if (seen === undefined || seen === revision) return undefined;
  const because =
    last === undefined || seen > revision
      ? `its revision is ${revision} and not ${seen}`
      : `${last.by} acted meanwhile (${last.kind}, at ${last.at})`;
  return { because, fix: 'look again: `pnpm oncall show`' };
}
