import { html, nothing, type TemplateResult } from 'lit-html';
import type { LabSight } from '../sight.ts';
import { clockTime, length } from './format.ts';
import { badge, lateMs } from './pieces.ts';
import { hashOf, views } from './route.ts';
import { shownAgeMs } from './shown-age.ts';
import type { PageState } from './state.ts';

/** Title, the state of the lab, how old what is shown is, and the ways to go. */
export function head(state: PageState, nowMs: number): TemplateResult {
  const { snapshot, route } = state;
  return html`<header>
    <div class="title">
      <h1>Firedrill <span class="level">level ${snapshot?.level ?? '…'}</span></h1>
      <div class="facts">${facts(state, nowMs)}</div>
      <button class="quiet" @click=${() => document.dispatchEvent(new CustomEvent('dash-help'))} aria-label="Keys">?</button>
    </div>
    <nav aria-label="Views">
      ${views.map(
        ({ name, title }, index) => html`<a
          href=${hashOf({ view: name, board: null })}
          aria-current=${route.view === name ? 'page' : nothing}
          ><kbd>${index + 1}</kbd>${title}${count(state, name)}</a
        >`,
      )}
    </nav>
  </header>`;
}

const firingNow = ({ snapshot }: PageState) =>
  snapshot?.paging.value?.alerts.filter(({ state }) => state === 'firing') ?? [];

/** Incidents that nobody has: also where who knows what fires is silent, and of a page that the receiver sent itself. */
const openNow = ({ snapshot }: PageState) =>
  snapshot?.incidents.value?.incidents.filter(({ status, labGone }) => status === 'open' && !labGone) ?? [];

/** What is said of a lab that was seen and cannot be asked now. */
const missing: Partial<Record<LabSight['state'], string>> = {
  gone: 'lab is gone',
  silent: 'lab does not answer',
};

/** What stands on the tab. */
export function tabTitle(state: PageState): string {
  const firing = firingNow(state).length;
  const open = openNow(state).length;
  const calls = firing > 0 ? `${firing} firing · ` : open > 0 ? `${open} open · ` : '';
  const missed = missing[state.snapshot?.lab.state ?? 'none'];
  const lab = missed === undefined ? '' : `${missed} · `;
  return `${lab}${calls}Firedrill level ${state.snapshot?.level ?? '…'}`;
}

function count(state: PageState, view: string): TemplateResult | typeof nothing {
  const { snapshot } = state;
  if (view === 'experiment' && snapshot?.run.value) {
    return html`<span class="dot fault" title="under way"></span>`;
  }
  if (view !== 'alerts') return nothing;
  const firing = firingNow(state);
  const open = openNow(state);
  if (firing.length + open.length === 0) return nothing;
  const worst = open.length > 0 || firing.some(({ severity }) => severity === 'page') ? 'page' : 'ticket';
  return html`<span class="count ${worst}">${firing.length || open.length}</span>`;
}

function facts({ snapshot, receivedAt, silentSince, refused }: PageState, nowMs: number): TemplateResult {
  if (snapshot === null) return html``;
  const { lab, labRps, declaredRps } = snapshot;
  const ageMs = shownAgeMs(snapshot, nowMs) ?? performance.now() - receivedAt;
  const old = ageMs > lateMs || silentSince !== null || refused !== null;
  const load = labRps === declaredRps ? `${labRps} RPS` : `${labRps} RPS (declared ${declaredRps})`;
  return html`${labBadge(lab.state)}
    ${
      lab.state === 'running' && lab.startedAt !== null
        ? html`<span>up ${length(nowMs - Date.parse(lab.startedAt))}</span>`
        : nothing
    }
    ${lab.heldBy === 'drill' ? badge('fault', 'a drill is under way') : nothing}
    <span class="wide">${lab.clock === 'drill' ? 'drill clock (×60)' : lab.clock === null ? '' : 'production clock'}</span>
    <span class="wide">${load}</span>
    <span class="age ${old ? 'old' : ''}" title="age of what is shown">${(ageMs / 1000).toFixed(1)} s old</span>
    <span class="wide">${clockTime(new Date(nowMs).toISOString())} UTC</span>`;
}

function labBadge(lab: LabSight['state']): TemplateResult {
  const missed = missing[lab];
  if (missed !== undefined) return badge('bad', missed);
  return lab === 'running' ? badge('good', 'lab runs') : badge('excluded', 'no lab');
}

/** What stands in the way of the truth, said once and above all else. */
export function banner({ snapshot, silentSince, refused }: PageState): TemplateResult | typeof nothing {
  const say = (text: string): TemplateResult => html`<p class="banner" role="alert">${text}</p>`;
  if (refused !== null) return say(`The server of this page refuses it: ${refused}.`);
  if (silentSince !== null) {
    return say(
      `pnpm dash has not answered since ${clockTime(new Date(silentSince).toISOString())}: what is shown is from before. This page goes on by itself when it is back; if it was started anew, open the address that it printed.`,
    );
  }
  if (snapshot === null) return nothing;
  const { lab, level } = snapshot;
  if (lab.state === 'gone') {
    return say(
      `The lab of level ${level} is gone (since ${clockTime(lab.goneSince ?? snapshot.at)}). What is shown is the last that was seen; the page goes on by itself when it is back.`,
    );
  }
  if (lab.state === 'silent') {
    return say(
      `The lab of level ${level} does not answer (since ${clockTime(lab.goneSince ?? snapshot.at)}). What is shown is the last that was seen; the page goes on by itself when it does. Of a lab in containers: see whether docker info answers.`,
    );
  }
  if (lab.state === 'none') {
    return say(
      `No lab of level ${level} runs. Start one: pnpm lab up --level ${level}, or an experiment: pnpm chaos partition-primary --level ${level}. The page will see it.`,
    );
  }
  return nothing;
}
