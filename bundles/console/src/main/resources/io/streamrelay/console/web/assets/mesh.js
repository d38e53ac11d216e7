// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
// The mesh as this node sees it: a picture, what its lines and shapes mean, and the same as a table.

import {html, nothing, svg} from './lit-html.js';
import {layout} from './layout.js';
import {describe, fadeOf, linkWords, progress, stateOf} from './peers.js';
import {count, nat, percent, shortId, time} from './words.js';

const SELF_RADIUS = 36;
const ROOMY_RADIUS = 17;
const COMPACT_RADIUS = 9;
/** From where they begin, edge labels stand here: where edges are apart, and clear of what is written under circles. */
const LABEL_SHARE_UP = 0.45;
const LABEL_SHARE_DOWN = 0.6;
/** An edge is level when it rises by less than this share of its length; its label stands above it. */
const LEVEL = 0.2;

/** @param width of the picture, in pixels */
export function mesh(node, peers, width) {
  return html`
    <h2 id="mesh-title">The mesh</h2>
    ${node ? picture(node, peers, width) : html`<p class="quiet">No node runs.</p>`}
    ${legend()}
    ${table(peers)}`;
}

function picture(node, peers, width) {
  const plan = layout(peers, width);
  const radius = plan.roomy ? ROOMY_RADIUS : COMPACT_RADIUS;
  return html`
    <svg class=${plan.roomy ? 'mesh roomy' : 'mesh compact'} role="img" aria-label=${summary(peers)}
        viewBox="0 0 ${plan.width} ${plan.height}" width=${plan.width} height=${plan.height}>
      ${plan.nodes.map(place => edge(place, radius))}
      ${plan.roomy ? plan.nodes.map(edgeLabel) : nothing}
      ${self(node, plan)}
      ${plan.nodes.map(place => plan.roomy ? roomyPeer(place) : compactPeer(place))}
    </svg>
    ${plan.left > 0 ? html`<p class="quiet">and ${plan.left} more, in the table below</p>` : nothing}
    ${peers.length === 0 ? html`<p class="quiet">No peer yet.</p>` : nothing}`;
}

function summary(peers) {
  const connected = peers.filter(peer => peer.state === 'CONNECTED');
  const inStep = connected.filter(peer => peer.inStep).length;
  return `This gateway and ${count(peers.length, 'peer', 'peers')}: ${connected.length} connected, `
    + `${inStep} in step. The table below says the same in words.`;
}

function edge({peer, x, y, from}, radius) {
  if (peer.state === 'ABSENT') {
    return nothing;
  }
  const length = Math.hypot(x - from.x, y - from.y) || 1;
  const begin = (peer.via ? radius : SELF_RADIUS) / length;
  const end = 1 - (radius + 2) / length;
  const on = share => [from.x + (x - from.x) * share, from.y + (y - from.y) * share];
  const [[x1, y1], [x2, y2]] = [on(begin), on(end)];
  const bad = peer.lossShare >= 0.1 ? 'lossy' : '';
  return svg`<line class="edge ${peer.route} fade-${fadeOf(peer)} ${bad}" x1=${x1} y1=${y1} x2=${x2} y2=${y2}></line>`;
}

function edgeLabel({peer, x, y, from}) {
  const words = linkWords(peer);
  if (words === '' || peer.state !== 'CONNECTED') {
    return nothing;
  }
  const lossy = peer.lossShare >= 0.1;
  const share = y < from.y ? LABEL_SHARE_UP : LABEL_SHARE_DOWN;
  const above = Math.abs(y - from.y) < LEVEL * Math.hypot(x - from.x, y - from.y) ? -8 : 4;
  return svg`<text class="edge-label ${lossy ? 'lossy' : ''}" x=${from.x + (x - from.x) * share}
      y=${from.y + (y - from.y) * share + above}>${lossy ? '⚠ ' : ''}${words}</text>`;
}

function self(node, {x, y}) {
  return svg`
    <g class="self" transform="translate(${x} ${y})">
      <title>this gateway: ${node.peerId}</title>
      <circle r=${SELF_RADIUS}></circle>
      <text class="name" y="-4">here</text>
      <text class="mono" y="11">${shortId(node.peerId)}</text>
      <text class="under" y=${SELF_RADIUS + 15}>${nat(node.natType)}</text>
    </g>`;
}

/** A carrier is a diamond; what stands inside says how it is, whatever the colours. */
function shape(peer, radius) {
  return peer.carrier && peer.state !== 'ABSENT'
    ? svg`<rect class="body" x=${-radius * 0.86} y=${-radius * 0.86} width=${radius * 1.72} height=${radius * 1.72}
        transform="rotate(45)"></rect>`
    : svg`<circle class="body" r=${radius}></circle>`;
}

function mark(peer) {
  if (peer.state === 'ABSENT') {
    return '✕';
  }
  if (fadeOf(peer) > 0) {
    return '?';
  }
  return peer.waitingPackets > 0 ? '…' : peer.inStep ? '✓' : peer.state === 'PROXIED' ? '›' : peer.kin ? '…' : 'r';
}

function classes(peer) {
  const state = stateOf(peer);
  const behind = state === 'connected' && !(peer.inStep && peer.waitingPackets === 0) ? 'behind' : '';
  return `peer ${state} fade-${fadeOf(peer)} ${behind} ${peer.carrier ? 'carrier' : ''} ${peer.kin ? 'kin' : ''}`;
}

function roomyPeer({peer, x, y}) {
  const kind = peer.carrier ? 'carrier' : peer.state === 'CONNECTED' ? nat(peer.natType) : '';
  return svg`
    <g class=${classes(peer)} data-peer=${peer.id} data-state=${stateOf(peer)} transform="translate(${x} ${y})">
      <title>${describe(peer)}</title>
      ${shape(peer, ROOMY_RADIUS)}
      <text class="mark" y="5">${mark(peer)}</text>
      <text class="mono" y=${ROOMY_RADIUS + 16}>${shortId(peer.id)}</text>
      <text class="state" y=${ROOMY_RADIUS + 30}>${progress(peer)}</text>
      <text class="under" y=${ROOMY_RADIUS + 43}>${kind}</text>
    </g>`;
}

function compactPeer({peer, x, y}) {
  return svg`
    <g class=${classes(peer)} data-peer=${peer.id} data-state=${stateOf(peer)} transform="translate(${x} ${y})">
      <title>${describe(peer)}</title>
      ${shape(peer, COMPACT_RADIUS)}
      <text class="mark" y="4">${mark(peer)}</text>
      <text class="mono" y=${COMPACT_RADIUS + 12}>${shortId(peer.id)}</text>
    </g>`;
}

const line = route => svg`<line class="edge ${route}" x1="1" y1="7" x2="35" y2="7"></line>`;

function legend() {
  const sample = (content, words) => html`
    <li><svg width="36" height="14" aria-hidden="true" class="mesh">${content}</svg>${words}</li>`;
  return html`
    <ul class="legend" aria-label="What the picture's lines and shapes mean">
      ${sample(line('direct'), 'direct')}
      ${sample(line('punched'), 'through a punched hole')}
      ${sample(line('proxied'), 'through another peer')}
      ${sample(svg`<g class="peer carrier" transform="translate(18 7)">
        <rect class="body" x="-4.5" y="-4.5" width="9" height="9" transform="rotate(45)"></rect></g>`,
        'carrier: keeps what it cannot read')}
      ${sample(svg`<g class="peer absent fade-3" transform="translate(18 7)"><circle class="body" r="6"></circle></g>`,
        'silent or gone')}
    </ul>`;
}

function table(peers) {
  return html`
    <details id="peers-table">
      <summary>The same as a table (${count(peers.length, 'peer', 'peers')})</summary>
      <div class="scroll" tabindex="0" role="region" aria-label="Peers">
        <table>
          <thead><tr>
            <th scope="col">Peer</th><th scope="col">State</th><th scope="col">Last heard</th><th scope="col">Route</th>
            <th scope="col">NAT</th><th scope="col">Round trip</th><th scope="col">Loss</th>
            <th scope="col">Waiting</th><th scope="col">Subclusters</th><th scope="col">Address</th>
          </tr></thead>
          <tbody>${peers.map(row)}</tbody>
        </table>
      </div>
    </details>`;
}

function row(peer) {
  const connected = peer.state === 'CONNECTED';
  const route = peer.via ? `behind ${shortId(peer.via)}` : connected ? peer.route : '–';
  return html`
    <tr>
      <th scope="row" class="mono id">${peer.id}</th>
      <td>${connected ? progress(peer) : stateOf(peer)}${peer.carrier ? ', carrier' : ''}</td>
      <td>${time(peer.silentMs)} ago</td>
      <td>${route}</td>
      <td>${connected ? peer.natType : '–'}</td>
      <td>${peer.roundTripMs < 0 || !connected ? '–' : `${peer.roundTripMs} ms`}</td>
      <td>${connected ? percent(peer.lossShare) : '–'}</td>
      <td>${peer.waitingPackets}</td>
      <td>${peer.subclusters.join(', ') || '–'}</td>
      <td class="mono">${peer.address ?? '–'}</td>
    </tr>`;
}
