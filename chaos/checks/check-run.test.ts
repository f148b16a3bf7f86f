import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JournalEvent } from '../journal/event.ts';
import { healedMs, injectedMs } from '../report/testing/fixture-load.ts';
import { type FixtureRun, fixtureRun, writeFixtureRun } from '../report/testing/fixture-run.ts';
import type { Verdict } from '../report/verdict.ts';
import { checkRun } from './check-run.ts';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'firedrill-check-run-'));
});

afterEach(() => rm(dir, { recursive: true, force: true }));

async function judge(run: FixtureRun): Promise<Verdict> {
  await writeFixtureRun(dir, run);
  return checkRun(dir);
}

function verdictOf(verdict: Verdict, check: string): string | undefined {
  return verdict.checks.find(({ name }) => name === check)?.verdict;
}

/** The same run with some events changed, or (`undefined`) left out. */
function journal(run: FixtureRun, change: (event: JournalEvent) => JournalEvent | undefined): FixtureRun {
  return { ...run, journal: run.journal.map(change).filter((event) => event !== undefined) };
}

const isPage = (event: JournalEvent, alert: string): boolean =>
  event.type === 'notification' &&
  event.notification.alert === alert &&
  event.notification.status === 'firing';

describe('a run in which all went as expected', () => {
  it('passes every check, with its figures', async () => {
    const verdict = await judge(fixtureRun());
    expect(verdict.checks.filter((check) => check.verdict !== 'pass')).toEqual([]);
    expect(verdict.verdict).toBe('pass');
    expect(verdict.detection.measuredMs).toBe(9_310);
    expect(verdict.detection.predictedMs).toBeGreaterThan(8_640);
    expect(verdict.detection.predictedMs).toBeLessThan(12_000);
    expect(verdict.orders.lost).toBe(0);
    const checkout = verdict.budget.find((budget) => budget.slo === 'checkout-availability');
    expect(checkout?.badEvents).toBeGreaterThan(50);
  });
});

describe('missing data is never a pass', () => {
  const without: readonly (readonly [string, string, (run: FixtureRun) => FixtureRun])[] = [
    [
      'the audit',
      'integrity',
      (run) => ({ ...run, evidence: run.evidence.filter((piece) => piece.piece !== 'audit') }),
    ],
    ['the ledger', 'integrity', (run) => ({ ...run, ledger: [] })],
    ['the ledger', 'load-quality', (run) => ({ ...run, ledger: [] })],
    ['the ledger', 'production-replay', (run) => ({ ...run, ledger: [] })],
    [
      "the load's end",
      'load-quality',
      (run) => journal(run, (event) => (event.type === 'load-stopped' ? undefined : event)),
    ],
    [
      'any heartbeat',
      'watchers',
      (run) => journal(run, (event) => (event.type === 'watchdog' ? undefined : event)),
    ],
    [
      "any look at Loki's rules",
      'watchers',
      (run) => journal(run, (event) => (event.type === 'log-rules' ? undefined : event)),
    ],
    [
      'the scrapes',
      'watchers',
      (run) => ({ ...run, evidence: run.evidence.filter((piece) => piece.piece !== 'prometheus-up') }),
    ],
    [
      "the witness's readings",
      'witness',
      (run) => journal(run, (event) => (event.type === 'witness' ? undefined : event)),
    ],
    [
      'an injection',
      'alert-contract',
      (run) => journal(run, (event) => (event.type === 'applied' ? undefined : event)),
    ],
    [
      'an injection',
      'hypothesis',
      (run) => journal(run, (event) => (event.type === 'applied' ? undefined : event)),
    ],
  ];
  it.each(without)('without %s, %s is inconclusive', async (_what, check, spoil) => {
    const verdict = await judge(spoil(fixtureRun()));
    expect(verdictOf(verdict, check)).toBe('inconclusive');
    expect(verdict.verdict).not.toBe('pass');
  });

  it('refuses a folder without a journal, naming the file', async () => {
    await expect(checkRun(dir)).rejects.toMatchObject({ code: 'invalid-data', where: 'journal.jsonl' });
  });

  it('says which line of a torn ledger is no entry', async () => {
    await writeFixtureRun(dir, fixtureRun());
    await writeFile(join(dir, 'ledger.jsonl'), '{"type":"invoke"}\n');
    const verdict = await checkRun(dir);
    expect(verdictOf(verdict, 'load-quality')).toBe('inconclusive');
  });
});

describe('the load', () => {
  it.each([
    [7, 'pass'],
    [8, 'inconclusive'],
  ])('with %i late arrivals of 1,500 is %s', async (late, expected) => {
    const run = journal(fixtureRun(), (event) =>
      event.type === 'load-stopped' ? { ...event, late } : event,
    );
    expect(verdictOf(await judge(run), 'load-quality')).toBe(expected);
  });

  it('makes a failed hypothesis inconclusive when it was not the planned one', async () => {
    const run = journal(fixtureRun(), (event) => {
      if (event.type === 'load-stopped') return { ...event, dropped: 40 };
      return isPage(event, 'CheckoutAvailability') ? undefined : event;
    });
    const verdict = await judge(run);
    expect(verdictOf(verdict, 'alert-contract')).toBe('inconclusive');
    expect(verdict.verdict).toBe('inconclusive');
  });
});

describe('the witness', () => {
  it('fails a run whose fault did not bite, whatever else was seen', async () => {
    const run = journal(fixtureRun(), (event) => {
      if (event.type !== 'witness' || event.reading.stage !== 'during') return event;
      return { ...event, reading: { ...event.reading, outcomes: { answered: 10 } } };
    });
    const verdict = await judge(run);
    expect(verdictOf(verdict, 'witness')).toBe('fail');
    expect(verdict.verdict).toBe('fail');
  });
});

describe('the alert contract', () => {
  it('fails when the page never came', async () => {
    const run = journal(fixtureRun(), (event) => (isPage(event, 'CheckoutAvailability') ? undefined : event));
    const verdict = await judge(run);
    expect(verdictOf(verdict, 'alert-contract')).toBe('fail');
    expect(verdict.detection.measuredMs).toBeNull();
  });

  it('is inconclusive when the page never came and the alerting was dead', async () => {
    const run = journal(fixtureRun(), (event) => {
      if (event.type === 'watchdog') return { ...event, lastHeartbeatAt: new Date(injectedMs).toISOString() };
      return isPage(event, 'CheckoutAvailability') ? undefined : event;
    });
    expect(verdictOf(await judge(run), 'alert-contract')).toBe('inconclusive');
  });

  it('fails when the page came too late', async () => {
    const run = journal(fixtureRun(), (event) => {
      if (event.type !== 'notification' || !isPage(event, 'CheckoutAvailability')) return event;
      const receivedAt = new Date(injectedMs + 20_001).toISOString();
      return { ...event, notification: { ...event.notification, receivedAt } };
    });
    expect(verdictOf(await judge(run), 'alert-contract')).toBe('fail');
  });

  it('learns nothing from a page that came before the fault', async () => {
    const run = journal(fixtureRun(), (event) => {
      if (event.type !== 'notification' || !isPage(event, 'CheckoutAvailability')) return event;
      const receivedAt = new Date(injectedMs - 1).toISOString();
      return { ...event, notification: { ...event.notification, receivedAt } };
    });
    const verdict = await judge(run);
    expect(verdictOf(verdict, 'control')).toBe('inconclusive');
    expect(verdictOf(verdict, 'alert-contract')).toBe('inconclusive');
  });

  it('is inconclusive when an expected page had not resolved at the end', async () => {
    const run = journal(fixtureRun(), (event) =>
      event.type === 'notification' &&
      event.notification.alert === 'CheckoutAvailability' &&
      event.notification.status === 'resolved'
        ? undefined
        : event,
    );
    const verdict = await judge(run);
    expect(verdictOf(verdict, 'alert-contract')).toBe('inconclusive');
    expect(verdict.verdict).toBe('inconclusive');
  });

  it('fails when something came that is not allowed', async () => {
    const run = journal(fixtureRun(), (event) => {
      if (event.type !== 'notification' || !isPage(event, 'BrowseAvailability')) return event;
      return { ...event, notification: { ...event.notification, alert: 'ReconcilerMismatch' } };
    });
    const verdict = await judge(run);
    expect(verdictOf(verdict, 'alert-contract')).toBe('fail');
    expect(verdict.checks.find((check) => check.name === 'alert-contract')?.summary).toContain(
      'ReconcilerMismatch',
    );
  });
});

describe('a Prometheus that dies while users are hurt', () => {
  /** It scrapes nothing from 3 s after the injection to the heal. */
  const dead = (run: FixtureRun): FixtureRun => ({
    ...run,
    evidence: run.evidence.map((piece) => {
      if (piece.piece !== 'prometheus-up') return piece;
      const { data } = piece.answer as { data: { result: { metric: object; values: [number, string][] }[] } };
      const isAlive = ([seconds]: [number, string]) =>
        seconds * 1000 < injectedMs + 3000 || seconds * 1000 > healedMs;
      const result = data.result.map(({ metric, values }) => ({ metric, values: values.filter(isAlive) }));
      return { ...piece, answer: { data: { ...data, result } } };
    }),
  });
  const withoutPage = (run: FixtureRun): FixtureRun =>
    journal(run, (event) => (isPage(event, 'CheckoutAvailability') ? undefined : event));
  /** That the receiver pages by itself is what is expected, within 20 s. */
  const expectingWatchdog = (run: FixtureRun): FixtureRun =>
    journal(run, (event) => {
      if (event.type !== 'planned') return event;
      const { alerts } = event.plan;
      const expected = [
        { alert: 'WatchdogMissing', severity: 'page' as const, withinMs: 20_000, predictedMs: 15_000 },
      ];
      return { ...event, plan: { ...event.plan, blind: ['scrapes'], alerts: { ...alerts, expected } } };
    });
  const missing = (run: FixtureRun, second: number): FixtureRun =>
    journal(run, (event) => {
      if (event.type !== 'notification' || event.notification.alert !== 'CheckoutAvailability') return event;
      const { status, receivedAt } = event.notification;
      const at = status === 'firing' ? new Date(injectedMs + 1000 * second).toISOString() : receivedAt;
      const notification = { ...event.notification, alert: 'WatchdogMissing', receivedAt: at };
      return { ...event, notification };
    });

  it('is inconclusive: neither a page that did not come nor none at all means anything', async () => {
    const verdict = await judge(dead(withoutPage(fixtureRun())));
    expect(verdictOf(verdict, 'watchers')).toBe('inconclusive');
    expect(verdictOf(verdict, 'alert-contract')).toBe('inconclusive');
    expect(verdict.verdict).toBe('inconclusive');
    expect(verdict.blind).toEqual([
      { by: 'scrapes', what: ['client-1'], pages: true, fromMs: 2000, toMs: 31_000 },
      { by: 'scrapes', what: ['api-1'], pages: false, fromMs: 2000, toMs: 31_000 },
    ]);
  });

  it('is inconclusive also where the page came before', async () => {
    const verdict = await judge(dead(fixtureRun()));
    expect(verdictOf(verdict, 'alert-contract')).toBe('pass');
    expect(verdict.verdict).toBe('inconclusive');
  });

  it('is not taken for a shop that is well again, nor for a flapping page, when its alerts "resolve" by themselves', async () => {
    const run = journal(fixtureRun(), (event) => {
      if (event.type !== 'notification' || event.notification.status !== 'resolved') return event;
      const at = new Date(injectedMs + 20_000).toISOString();
      return { ...event, at, notification: { ...event.notification, receivedAt: at } };
    });
    expect(verdictOf(await judge(run), 'resolution')).toBe('fail');
    expect(verdictOf(await judge(dead(run)), 'resolution')).toBe('inconclusive');
  });

  it.each([
    [19, 'pass', 'inconclusive'],
    [21, 'fail', 'fail'],
  ])('has the page of the receiver after %i s: %s', async (second, contract, whole) => {
    const verdict = await judge(missing(expectingWatchdog(dead(fixtureRun())), second));
    expect(verdictOf(verdict, 'alert-contract')).toBe(contract);
    expect(verdict.verdict).toBe(whole);
  });

  it('fails when not even the receiver notices', async () => {
    const verdict = await judge(withoutPage(expectingWatchdog(dead(fixtureRun()))));
    expect(verdictOf(verdict, 'alert-contract')).toBe('fail');
  });
});

describe('the books', () => {
  it('fail a run that lost an acknowledged order, and say which', async () => {
    let id = '';
    const run = fixtureRun({
      spoilBooks: ({ audit }) => {
        id = audit.orders[3]!.id;
        audit.orders.splice(3, 1);
      },
    });
    const verdict = await judge(run);
    expect(verdict.orders.lost).toBe(1);
    const first = verdict.checks.find((check) => check.name === 'integrity-01');
    expect(first?.verdict).toBe('fail');
    expect(first?.summary).toContain(id);
  });

  it('are those of this run alone when the lab was used before', async () => {
    const other = fixtureRun({ seed: 8 }).evidence.find((piece) => piece.piece === 'audit')!;
    const before = JSON.parse(
      JSON.stringify(other).replaceAll('o-k-', 'o-before-').replaceAll('"k-', '"before-'),
    ) as {
      answer: { snapshot: { stock: { available: number }[]; [rows: string]: object[] } };
    };
    const run = fixtureRun();
    const sold = 10_000 - before.answer.snapshot.stock[0]!.available;
    const audit = structuredClone(
      run.evidence.find((piece) => piece.piece === 'audit')!,
    ) as unknown as typeof before;
    for (const rows of ['orders', 'transitions', 'events', 'keys', 'projection']) {
      audit.answer.snapshot[rows]!.push(...before.answer.snapshot[rows]!);
    }
    // The journal of the provider is only ever appended to.
    audit.answer.snapshot['payments']!.unshift(...before.answer.snapshot['payments']!);
    audit.answer.snapshot.stock[0]!.available -= sold;
    const evidence = [...run.evidence.filter((piece) => piece.piece !== 'audit'), audit as never];
    const accused = await judge({ ...run, evidence });
    expect(verdictOf(accused, 'integrity-03')).toBe('fail');
    const fair = await judge({
      ...run,
      evidence: [...evidence, { ...before, piece: 'audit-before' } as never],
    });
    expect(fair.checks.filter((check) => check.verdict !== 'pass')).toEqual([]);

    const [charge] = before.answer.snapshot['payments'] as [{ orderId: string }];
    audit.answer.snapshot['payments']!.push({ ...charge, key: 'another-key' });
    const again = await judge({
      ...run,
      evidence: [...evidence, { ...before, piece: 'audit-before' } as never],
    });
    const failed = again.checks.filter((check) => check.verdict !== 'pass');
    expect(failed.map((check) => check.name)).toEqual(['integrity-05']);
    expect(failed[0]?.summary).toContain(`order ${charge.orderId} was captured 2 times`);
  });

  describe('lack an acknowledged order', () => {
    let at = 0;
    /** The last order that was acknowledged is gone, its money went back. */
    const forgetful = (): FixtureRun =>
      fixtureRun({
        spoilBooks: ({ audit, entries }) => {
          const last = entries.findLast((entry) => entry.type === 'ok' && entry.response !== undefined)!;
          const { orderId } = (last as unknown as { response: { orderId: string } }).response;
          at = last.at;
          const others = <T extends { readonly orderId: string }>(rows: readonly T[]) =>
            rows.filter((row) => row.orderId !== orderId);
          audit.orders = audit.orders.filter((order) => order.id !== orderId);
          audit.transitions = others(audit.transitions);
          audit.events = others(audit.events);
          audit.projection = others(audit.projection);
          const charge = audit.payments.find((row) => row.orderId === orderId)!;
          const now = new Date(at).toISOString();
          audit.payments = [
            ...others(audit.payments),
            { ...charge, at: now },
            { ...charge, operation: 'void', at: now },
          ];
          audit.stock = audit.stock.map((row) => ({ ...row, available: row.available + 1 }));
        },
      });
    const atLevel = (run: FixtureRun, level: number): FixtureRun =>
      journal(run, (event) =>
        event.type === 'planned' ? { ...event, plan: { ...event.plan, level } } : event,
      );
    const promoted = (run: FixtureRun, replayedUntilMs: number): FixtureRun => {
      const [lastReplayedAt, fencedAt] = [replayedUntilMs, at].map((ms) => new Date(ms).toISOString());
      const promotions = [{ from: 'pg-1', to: 'pg-2', lastReplayedAt, fencedAt, promotedAt: fencedAt }];
      const about = { piece: 'promotions', what: '', source: 'lab.json', request: '', at: fencedAt! };
      return { ...run, evidence: [...run.evidence, { ...about, answer: { primary: 'pg-2', promotions } }] };
    };
    const failed = (verdict: Verdict) =>
      // The made-up pages are those of level 1.
      verdict.checks
        .filter((check) => check.verdict === 'fail' && check.name.startsWith('integrity'))
        .map((check) => check.name);

    it('fails without a promotion', async () => {
      const verdict = await judge(atLevel(forgetful(), 3));
      expect(failed(verdict)).toEqual(['integrity-01', 'integrity-03', 'integrity-06']);
      expect(verdict.orders.lost).toBe(1);
    });

    it('is counted and shown when a promotion took it', async () => {
      const run = atLevel(forgetful(), 3);
      const verdict = await judge(promoted(run, at - 10));
      expect(failed(verdict)).toEqual([]);
      expect(verdict.orders.lost).toBe(0);
      expect(verdict.integrity.lostInPromise).toBe(1);
      expect(verdict.integrity.invariants[0]).toMatchObject({ invariant: 1, verdict: 'pass', admitted: 1 });
      const check = verdict.checks.find(({ name }) => name === 'integrity-lost-in-promise');
      expect(check?.summary).toMatch(
        /^1 acknowledged writes were lost within the promise, 0 of \d+ orders outside it/,
      );
      expect(check?.evidence[1]).toMatch(
        /^order o-k-\d+, acknowledged as paid at .* is gone; lost by the promotion/,
      );
    });

    it('fails when the promoted standby had replayed it', async () => {
      const run = atLevel(forgetful(), 3);
      expect(failed(await judge(promoted(run, at + 10)))).toContain('integrity-01');
    });

    it('fails at a level that loses none', async () => {
      const run = atLevel(forgetful(), 2);
      expect(failed(await judge(promoted(run, at - 10)))).toContain('integrity-01');
    });
  });

  it('are not judged for orders under way when the run did not settle', async () => {
    const run = fixtureRun({
      spoilBooks: ({ audit }) => {
        const last = audit.orders.length - 1;
        const order = audit.orders[last]!;
        audit.orders[last] = { ...order, status: 'held' };
        audit.transitions = audit.transitions.filter((row) => row.orderId !== order.id || row.sequence === 1);
        audit.events = audit.events.filter((row) => row.orderId !== order.id || row.sequence === 1);
        audit.payments = audit.payments.filter((row) => row.orderId !== order.id);
      },
    });
    const settled = await judge(run);
    expect(verdictOf(settled, 'integrity-02')).toBe('fail');
    const problem = {
      seq: 0,
      at: new Date(injectedMs).toISOString(),
      type: 'problem',
      code: 'settle-timeout',
      message: '1 order is held',
    } as const;
    const withEvent = (event: JournalEvent) =>
      judge({ ...run, journal: [...run.journal.slice(0, -1), event, ...run.journal.slice(-1)] });
    expect(verdictOf(await withEvent(problem), 'integrity-02')).toBe('inconclusive');
    const { seq, at } = problem;
    const aborted = await withEvent({ seq, at, type: 'abort', reason: 'Ctrl-C' });
    expect(verdictOf(aborted, 'integrity-02')).toBe('inconclusive');
    // Pages that stay open say nothing about the books.
    const pages = await withEvent({ ...problem, code: 'settle-pages', message: 'still open' });
    expect(verdictOf(pages, 'integrity-02')).toBe('fail');
  });
});

describe('the heal', () => {
  it('covers an effect that was written down and never applied', async () => {
    const [first] = fixtureRun().journal.filter((event) => event.type === 'applied');
    const run = journal(fixtureRun(), (event) => {
      if (event.type === 'applied' && event.seq !== first?.seq) return undefined;
      // Only what was applied is undone.
      if (event.type === 'intent' && JSON.stringify(event.action) !== JSON.stringify(first?.action))
        return { ...event, undo: { kind: 'node-start', node: 'api-1' } };
      return event;
    });
    expect(verdictOf(await judge(run), 'healed')).toBe('pass');
    const unhealed = journal(run, (event) =>
      event.type === 'phase' && event.phase === 'heal' ? undefined : event,
    );
    expect(verdictOf(await judge(unhealed), 'healed')).toBe('fail');
  });

  it('fails a run that left its fault in', async () => {
    const run = journal(fixtureRun(), (event) => (event.type === 'healed' ? undefined : event));
    expect(verdictOf(await judge(run), 'healed')).toBe('fail');
  });
});

it('calls an aborted run aborted, whatever its checks say', async () => {
  const run = fixtureRun();
  const abort = {
    seq: 0,
    at: new Date(injectedMs + 9_000).toISOString(),
    type: 'abort',
    reason: 'Ctrl-C',
  } as const;
  const verdict = await judge({
    ...run,
    journal: [...run.journal.slice(0, -1), abort, ...run.journal.slice(-1)],
  });
  expect(verdict.verdict).toBe('aborted');
});

it('does not look at what the journal says after the check began', async () => {
  const run = fixtureRun();
  const before = await judge(run);
  const late = {
    seq: 0,
    at: new Date(injectedMs + 200_000).toISOString(),
    type: 'problem',
    code: 'heal-failed',
    message: 'teardown',
  } as const;
  expect(await judge({ ...run, journal: [...run.journal, late] })).toEqual(before);
});
