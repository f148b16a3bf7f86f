import { html, nothing, type TemplateResult } from 'lit-html';
import type { BudgetSight, LegSight, Part, SloSight, Snapshot } from '../sight.ts';
import { burn, length, percent } from './format.ts';
import { badge, bar, empty, runbookLink, staleNote } from './pieces.ts';

/** Every objective: what users get, what is left, how fast it burns. */
export function slosView({ slos, budget, lab }: Snapshot, nowMs: number): TemplateResult {
  if (slos.value === null)
    return html`${staleNote(slos, lab, nowMs)}${empty('Nothing is known of the objectives yet.')}`;
  const legs = slos.value[0]?.legs ?? [];
  return html`<section aria-label="Objectives">
    ${staleNote(slos, lab, nowMs)}
    <div class="scroll">
      <table class="cards">
        <thead>
          <tr>
            <th>Objective</th>
            <th class="number">good now</th>
            <th class="number">wanted</th>
            <th>budget left</th>
            ${legs.map(
              ({ severity, speed, factor, long, short }) => html`<th
                class="number"
                title="fires while both are over ${factor}"
              >
                ${severity} ${speed}<small>${long.window} · ${short.window} ≥ ${Number(factor.toFixed(1))}</small>
              </th>`,
            )}
            <th>firing</th>
          </tr>
        </thead>
        <tbody>
          ${slos.value.map((slo) =>
            row(
              slo,
              budget.value?.find((one) => one.slo === slo.name),
              countedText(budget, nowMs),
            ),
          )}
        </tbody>
      </table>
    </div>
    <p class="note">
      Burn rate over the long · short window: at 1 the budget lasts exactly for the period
      ${lab.clock === 'drill' ? '(12 h on the drill clock; its windows are those of 30 days ÷ 60)' : '(30 days)'}.
      ${
        budget.value?.some(({ synthetic }) => synthetic)
          ? 'Budgets count the synthetic quiet history that the lab was loaded with.'
          : nothing
      }
    </p>
  </section>`;
}

/** Slower than the slowest that is still put off. */
const oldCountMs = 120_000;

/** Pure: how old a count is, where that is not as it should. */
export function countedText({ at, problem }: Part<unknown>, nowMs: number): string {
  if (at === null) return '';
  const ageMs = Math.max(0, nowMs - Date.parse(at));
  return problem === null && ageMs < oldCountMs ? '' : ` · counted ${length(ageMs)} ago`;
}

function row(slo: SloSight, counted: BudgetSight | undefined, when: string): TemplateResult {
  const left = slo.budgetLeft;
  const meaning = left === null ? 'excluded' : left <= 0 ? 'bad' : left < 0.5 ? 'slow' : 'good';
  const missed = slo.sli !== null && slo.sli < slo.objective;
  return html`<tr class=${slo.firing[0] ?? ''}>
    <th scope="row"><a class="item" href="#boards/slo-${slo.name}" title=${slo.description}>${slo.name}</a></th>
    <td class="number ${missed ? 'over' : ''}" data-label="good now">${slo.sli === null ? 'no requests' : percent(slo.sli)}</td>
    <td class="number dim" data-label="wanted">${percent(slo.objective)}</td>
    <td data-label="budget left" class="budget">
      ${left === null ? '–' : html`${bar(left, meaning, `${percent(left)} left`)}<span class="figure">${percent(left)}</span>`}
      ${
        counted === undefined
          ? nothing
          : html`<small
            >${Math.round(counted.badEvents)} of ${Math.floor(counted.allowedEvents)} bad ·
            ${percent(counted.percentOf30d / 100)} of 30 days${when}</small
          >`
      }
    </td>
    ${slo.legs.map(legCell)}
    <td data-label="firing" class=${slo.firing.length === 0 ? 'none' : ''}>
      ${slo.firing.length === 0 ? html`<span class="dim">–</span>` : nothing}
      ${slo.firing.map((severity) => badge(severity, severity))}
      ${slo.firing.length === 0 ? nothing : runbookLink(slo.alert)}
    </td>
  </tr>`;
}

function legCell({ severity, speed, factor, long, short }: LegSight): TemplateResult {
  const over = Math.min(long.burnRate ?? 0, short.burnRate ?? 0) > factor;
  return html`<td
    class="number leg ${over ? `over ${severity}` : ''}"
    data-label="${severity} ${speed} ≥ ${Number(factor.toFixed(1))}"
  >
    ${burn(long.burnRate)} <span class="dim">·</span> ${burn(short.burnRate)}
  </td>`;
}
