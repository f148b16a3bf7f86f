import type { EChartsType } from 'echarts';
import type { DrawnBoard, DrawnPanel } from '../boards/drawn-board.ts';
import { type Colours, colourOf, lineChart, type Shade, shadesOf, timelineChart } from './chart-options.ts';
import { emptyPanel } from './panel-store.ts';
import type { PageState } from './state.ts';
import { windows } from './windows.ts';

/** The library comes by a script of its own, after the page: until then there are no drawings. */
declare global {
  interface Window {
    readonly echarts?: typeof import('echarts');
  }
}

const drawn = new Map<HTMLElement, EChartsType>();
const sizes = new ResizeObserver((entries) => {
  for (const { target } of entries) drawn.get(target as HTMLElement)?.resize();
});
const onScreen = new Set<Element>();
const sight = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) onScreen.add(target);
      else onScreen.delete(target);
    }
  },
  // What is about to come into sight is drawn already.
  { rootMargin: '200px' },
);
const observed = new Set<Element>();

/** Panels that somebody can see: only these are asked for. */
export function visiblePanels(): readonly string[] {
  const panels = [...document.querySelectorAll<HTMLElement>('[data-panel]')];
  for (const gone of observed) {
    if (gone.isConnected) continue;
    sight.unobserve(gone);
    observed.delete(gone);
    onScreen.delete(gone);
  }
  for (const panel of panels.filter((one) => !observed.has(one))) {
    observed.add(panel);
    sight.observe(panel);
    const { top, bottom } = panel.getBoundingClientRect();
    if (bottom > 0 && top < window.innerHeight) onScreen.add(panel);
  }
  return panels.filter((panel) => onScreen.has(panel)).map((panel) => panel.dataset['panel'] ?? '');
}

export function colours(): Colours {
  const style = getComputedStyle(document.documentElement);
  const names = [
    ...['good', 'bad', 'slow', 'excluded', 'page', 'ticket', 'measure', 'threshold', 'fault'],
    ...['ink', 'muted', 'grid', 'paper'],
  ];
  return Object.fromEntries(
    names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]),
  ) as Colours;
}

/** Draws what is on the screen; forgets drawings whose place is gone. */
export function drawCharts(state: PageState): void {
  for (const [place, chart] of drawn) {
    if (place.isConnected) continue;
    sizes.unobserve(place);
    chart.dispose();
    drawn.delete(place);
  }
  const { board } = state;
  if (board === null || window.echarts === undefined) return;
  const now = colours();
  const panels = new Map(board.rows.flatMap((row) => row.panels).map((panel) => [panel.id, panel]));
  for (const id of visiblePanels()) {
    const place = document.querySelector<HTMLElement>(`[data-chart="${id}"]`);
    const panel = panels.get(id);
    if (place === null || panel === undefined) continue;
    let chart = drawn.get(place);
    if (chart === undefined) {
      chart = window.echarts.init(place, null, { renderer: 'canvas' });
      drawn.set(place, chart);
      sizes.observe(place);
    }
    draw(chart, place, panel, board, state, now);
  }
}

function draw(
  chart: EChartsType,
  place: HTMLElement,
  panel: DrawnPanel,
  board: DrawnBoard,
  state: PageState,
  now: Colours,
): void {
  const { series, toSeconds } = state.panels.get(panel.id) ?? emptyPanel;
  if (toSeconds === undefined) return;
  const stepSeconds = windows[state.windowSeconds] ?? 1;
  const toMs = toSeconds * 1000;
  const frame = {
    fromMs: toMs - state.windowSeconds * 1000,
    toMs,
    stepSeconds,
    colours: now,
    shades: shadesFor(board, state, stepSeconds, toMs),
  };
  if (panel.kind === 'timeline') {
    const height = series.length === 0 ? 0 : 30 + 26 * series.length;
    if (place.offsetHeight !== height) {
      place.style.height = `${height}px`;
      chart.resize();
    }
    chart.setOption(timelineChart(panel, series, frame), { notMerge: true, lazyUpdate: true });
  } else {
    chart.setOption(lineChart(panel, series, frame), { notMerge: true, lazyUpdate: true });
  }
  const keys = [...(place.parentElement?.querySelectorAll<SVGElement>('[data-key]') ?? [])];
  for (const one of series) {
    const key = keys.find(({ dataset }) => dataset['key'] === `${one.query} ${one.name}`);
    key?.style.setProperty('stroke', colourOf(panel, series, one, now));
    key?.style.setProperty('stroke-dasharray', panel.queries[one.query]?.dashed === true ? '4 3' : 'none');
  }
}

/** Faults of the run that is under way, and what the board itself shades. */
function shadesFor(board: DrawnBoard, state: PageState, stepSeconds: number, toMs: number): readonly Shade[] {
  const faults = (state.snapshot?.run.value?.faults ?? []).flatMap(({ label, appliedAt, healedAt }) =>
    appliedAt === null
      ? []
      : [
          {
            name: label.split(':')[0] ?? label,
            meaning: 'fault' as const,
            fromMs: Date.parse(appliedAt),
            toMs: healedAt === null ? toMs : Date.parse(healedAt),
          },
        ],
  );
  const annotated = board.annotations.flatMap(({ id, meaning }) =>
    shadesOf(state.panels.get(id)?.series ?? [], meaning, stepSeconds),
  );
  // Where the board asks Prometheus for the faults they are not shaded twice.
  const asksItself = board.annotations.some(({ meaning }) => meaning === 'fault');
  return asksItself ? annotated : [...annotated, ...faults];
}
