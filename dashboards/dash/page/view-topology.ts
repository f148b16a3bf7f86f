import { html, nothing, svg, type TemplateResult } from 'lit-html';
import type { EdgeSight, NodeSight, Snapshot } from '../sight.ts';
import { layOut, type PlacedEdge, type PlacedNode } from './graph-layout.ts';
import { badge, empty, staleNote } from './pieces.ts';

/** Of a node, and how many signs of its note fit in. */
interface Box {
  readonly width: number;
  readonly height: number;
  readonly signs: number;
}
const wideBox: Box = { width: 150, height: 46, signs: 22 };
/** Three beside each other on a telephone. */
const narrowBox: Box = { width: 104, height: 46, signs: 15 };

const nodeSign: Readonly<Record<NodeSight['state'], { readonly sign: string; readonly meaning: string }>> = {
  ready: { sign: '✓', meaning: 'good' },
  'not ready': { sign: '!', meaning: 'slow' },
  down: { sign: '✗', meaning: 'bad' },
  held: { sign: '‖', meaning: 'fault' },
  'of a run': { sign: '·', meaning: 'excluded' },
};

const edgeMeaning: Readonly<Record<EdgeSight['state'], string>> = {
  'as it should': 'plain',
  toxic: 'fault',
  cut: 'bad',
  missing: 'bad',
  sealed: 'sealed',
};

/** The shop as a picture, who watches it as a list, and every edge as a table. */
export function topologyView({ topology, lab }: Snapshot, narrow: boolean, nowMs: number): TemplateResult {
  if (topology.value === null)
    return html`${staleNote(topology, lab, nowMs)}${empty('Nothing is known of the nodes yet.')}`;
  const { nodes, edges, operations } = topology.value;
  const box = narrow ? narrowBox : wideBox;
  const graph = layOut(
    nodes,
    edges,
    narrow ? { along: 88, across: 112, upright: true } : { along: 212, across: 66, upright: false },
  );
  const odd = edges.filter(({ state }) => state !== 'as it should' && state !== 'sealed');
  const watching = nodes.filter((node) => !graph.nodes.some((placed) => placed.node.node === node.node));
  return html`<section aria-label="Topology">
      ${staleNote(topology, lab, nowMs)}
      ${lab.heldBy === 'drill' ? html`<p class="note">The edges are sealed until the drill has ended.</p>` : nothing}
      <div class="scroll">
        <svg
          class="graph"
          width=${graph.width}
          height=${graph.height}
          viewBox="0 0 ${graph.width} ${graph.height}"
          role="img"
          aria-label="The shop: ${nodes.length} nodes, ${odd.length} edges not as they should be"
        >
          ${graph.edges.map((edge) => line(edge, box, narrow))} ${graph.nodes.map((node) => nodeBox(node, box))} ${graph.edges.map(label)}
        </svg>
      </div>
      <p class="note">Set by operators: ${operations}.</p>
    </section>
    <section aria-label="Nodes that watch">
      <h2>Who watches</h2>
      <ul class="names">
        ${watching.map(({ node, state }) => {
          const { sign, meaning } = nodeSign[state];
          return html`<li>${badge(meaning, `${sign} ${node}`)} <span class="dim">${state === 'ready' ? '' : state}</span></li>`;
        })}
      </ul>
    </section>
    <section aria-label="Nodes">
      <h2>Nodes</h2>
      <details>
        <summary>${nodes.filter(({ state }) => state === 'ready').length} of
          ${nodes.filter(({ state }) => state !== 'of a run').length} ready</summary>
        ${nodeTable(nodes)}
      </details>
    </section>
    <section aria-label="Edges">
      <h2>Edges</h2>
      ${odd.length === 0 ? nothing : edgeTable(odd)}
      <details>
        <summary>${odd.length === 0 ? `${edges.length} edges, ${lab.heldBy === 'drill' ? 'sealed' : 'all as they should be'}` : `all ${edges.length}`}</summary>
        ${edgeTable(edges)}
      </details>
    </section>`;
}

/** What the picture says, in words. */
const nodeTable = (nodes: readonly NodeSight[]): TemplateResult => html`<div class="scroll">
  <table>
    <thead>
      <tr>
        <th>Node</th>
        <th>kind</th>
        <th>state</th>
        <th>note</th>
      </tr>
    </thead>
    <tbody>
      ${nodes.map(
        ({ node, kind, state, note }) => html`<tr>
          <th scope="row">${node}</th>
          <td>${kind}</td>
          <td>${badge(nodeSign[state].meaning, `${nodeSign[state].sign} ${state}`)}</td>
          <td>${note}</td>
        </tr>`,
      )}
    </tbody>
  </table>
</div>`;

const edgeTable = (edges: readonly EdgeSight[]): TemplateResult => html`<div class="scroll">
  <table>
    <thead>
      <tr>
        <th>Edge</th>
        <th>plane</th>
        <th>state</th>
        <th>toxics</th>
      </tr>
    </thead>
    <tbody>
      ${edges.map(
        ({ edge, plane, state, toxics }) => html`<tr>
          <th scope="row">${edge}</th>
          <td>${plane}</td>
          <td>${state === 'as it should' ? state : badge(edgeMeaning[state], state)}</td>
          <td>${toxics.join(', ') || html`<span class="dim">–</span>`}</td>
        </tr>`,
      )}
    </tbody>
  </table>
</div>`;

function nodeBox({ node, x, y }: PlacedNode, box: Box): TemplateResult {
  const { sign, meaning } = nodeSign[node.state];
  const note =
    node.note === '' ? `${node.kind}${node.state === 'ready' ? '' : `, ${node.state}`}` : node.note;
  return svg`<g class="node ${meaning}" transform="translate(${x - box.width / 2} ${y - box.height / 2})">
    <title>${node.node}: ${node.kind}, ${node.state}${node.note === '' ? '' : `, ${node.note}`}</title>
    <rect width=${box.width} height=${box.height} rx="6"></rect>
    <rect class="stripe" width="5" height=${box.height} rx="2"></rect>
    <text class="sign" x="14" y="20">${sign}</text>
    <text class="name" x="30" y="20">${node.node}</text>
    <text class="note" x="14" y="37">${note.length > box.signs ? `${note.slice(0, box.signs - 1)}…` : note}</text>
  </g>`;
}

function line({ edge, from, to }: PlacedEdge, box: Box, upright: boolean): TemplateResult {
  const path = upright ? uprightPath(from, to, box) : levelPath(from, to, box);
  return svg`<g class="edge ${edgeMeaning[edge.state]}">
    <title>${edge.edge}: ${edge.state}${edge.toxics.length === 0 ? '' : ` (${edge.toxics.join(', ')})`}</title>
    <path d=${path}></path>
  </g>`;
}

/** Above everything else: what is wrong on an edge. */
function label({ edge, from, to }: PlacedEdge): TemplateResult | typeof nothing {
  if (edge.state === 'as it should' || edge.state === 'sealed') return nothing;
  const text = edge.state === 'toxic' ? (edge.toxics[0]?.split(' ')[0] ?? 'toxic') : edge.state;
  return svg`<text class="wrong" x=${(from.x + to.x) / 2} y=${(from.y + to.y) / 2 - 6}>${text}</text>`;
}

/** Peers stand in one column: an arc beside it. */
function levelPath(from: PlacedNode, to: PlacedNode, box: Box): string {
  const half = box.width / 2;
  if (from.x === to.x) {
    const x = from.x + half;
    return `M ${x} ${from.y} C ${x + 34} ${from.y}, ${x + 34} ${to.y}, ${x} ${to.y}`;
  }
  const [x1, x2] = [from.x + half, to.x - half];
  const middle = (x1 + x2) / 2;
  return `M ${x1} ${from.y} C ${middle} ${from.y}, ${middle} ${to.y}, ${x2} ${to.y}`;
}

function uprightPath(from: PlacedNode, to: PlacedNode, box: Box): string {
  const half = box.height / 2;
  if (from.y === to.y) {
    const y = from.y + half;
    return `M ${from.x} ${y} C ${from.x} ${y + 26}, ${to.x} ${y + 26}, ${to.x} ${y}`;
  }
  const [y1, y2] = [from.y + half, to.y - half];
  const middle = (y1 + y2) / 2;
  return `M ${from.x} ${y1} C ${from.x} ${middle}, ${to.x} ${middle}, ${to.x} ${y2}`;
}
