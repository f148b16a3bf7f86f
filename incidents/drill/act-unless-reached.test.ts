import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Incident } from '../pager/incident.ts';
import { Pager } from '../pager/pager.ts';
import { lab, numbered, page, told } from '../testing/told.ts';
import { actUnlessReached } from './act-unless-reached.ts';
import { endAll } from './incidents-of-drill.ts';

let folder: string;
let drill: Pager;
let player: Pager;
/** What the drill saw a moment ago. */
let seen: readonly Incident[];

const keep = (all: Parameters<typeof numbered>[0]) =>
  writeFileSync(
    join(folder, `${lab}.jsonl`),
    numbered(all)
      .map((one) => `${JSON.stringify(one)}\n`)
      .join(''),
  );
function open(): Pager {
  const pager = Pager.open(folder);
  pager.refresh();
  return pager;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'firedrill-unless-'));
  keep([told('firing', 'page', 'Browse', 5)]);
  [drill, player] = [open(), open()];
  seen = drill.incidents();
});
afterEach(() => {
  drill.close();
  player.close();
  rmSync(folder, { recursive: true });
});

const id = () => seen[0]!.id;
const now = () => drill.find(id());

describe('a drill that ends', () => {
  it('resolves what it paged for', () => {
    endAll(drill, seen);
    expect(now()).toMatchObject({ status: 'resolved', resolved: { by: 'drill' } });
  });

  it('leaves what a player resolved in the same moment', () => {
    player.act(id(), { kind: 'resolve' }, { by: 'ana', force: true });
    endAll(drill, seen);
    expect(now()).toMatchObject({ status: 'resolved', revision: 1, resolved: { by: 'ana' } });
  });

  it('leaves what ended by itself in the same moment', () => {
    keep(page('Browse', 5, 40));
    endAll(drill, seen);
    expect(now()).toMatchObject({ status: 'resolved', revision: 0 });
  });
});

describe('a runbook that plays', () => {
  it('leaves what a player acknowledged in the same moment', () => {
    player.act(id(), { kind: 'acknowledge' }, { by: 'ana' });
    actUnlessReached(drill, seen[0]!, { kind: 'acknowledge' }, { by: 'runbook' });
    expect(now()).toMatchObject({ revision: 1, acknowledged: { by: 'ana' } });
  });

  it('hands nothing over whose pages ended in the same moment', () => {
    player.act(id(), { kind: 'acknowledge' }, { by: 'ana' });
    keep(page('Browse', 5, 40));
    actUnlessReached(drill, seen[0]!, { kind: 'escalate', text: 'why' }, { by: 'runbook' });
    expect(now()).toMatchObject({ status: 'recovered', revision: 1 });
  });

  it('is refused what has not come to be', () => {
    expect(() => actUnlessReached(drill, seen[0]!, { kind: 'resolve' }, { by: 'runbook' })).toThrow(
      expect.objectContaining({ code: 'act-refused' }),
    );
    const old = { by: 'runbook', revision: 7 };
    expect(() => actUnlessReached(drill, seen[0]!, { kind: 'acknowledge' }, old)).toThrow(
      expect.objectContaining({ code: 'act-refused' }),
    );
  });
});
