// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
// Draws the page anew from each state that comes, and once a second, for time goes on between them.

import {html, nothing, render} from './lit-html.js';
import {findings, glance, verdict, worst} from './glance.js';
import {Live} from './live.js';
import {mesh} from './mesh.js';
import {bridges, drops, events, messages, store, subclusters} from './panels.js';
import {Publish} from './publish.js';
import {clock, levelWord, shortId, time} from './words.js';

const DRAW_MS = 1000;
const NARROWEST = 260;

const place = id => document.getElementById(id);

const live = new Live(show);
const publish = new Publish(place('publish-card'));
let state = null;
let announced = null;

function show(next) {
  state = next;
  announce(next.snapshot);
  draw();
  publish.show(next);
}

/** Only when the verdict changes: who listens must not be told the same every two seconds. */
function announce(snapshot) {
  if (announced !== snapshot.level) {
    const reason = snapshot.level === 'OK' ? '' : `: ${worst(snapshot).text}`;
    place('announcer').textContent = levelWord(snapshot.level) + reason;
    announced = snapshot.level;
  }
}

function draw() {
  drawLive();
  if (state === null) {
    return;
  }
  const {snapshot} = state;
  const peers = aged(snapshot);
  document.title = `${levelWord(snapshot.level)} – Streamrelay`;
  place('who').textContent = snapshot.node ? shortId(snapshot.node.peerId) : '';
  render(verdict(snapshot), place('verdict'));
  render(glance(snapshot, peers), place('glance'));
  render(mesh(snapshot.node, peers, width()), place('mesh'));
  render(findings(snapshot.findings), place('findings'));
  render(subclusters(snapshot.subclusters), place('subclusters'));
  render(messages(state.messages), place('messages'));
  render(store(snapshot.store), place('store'));
  render(bridges(snapshot.bridges), place('bridges'));
  render(drops(state.drops), place('drops'));
  render(events(state.events), place('events'));
  render(about(snapshot.node), place('about'));
}

function drawLive() {
  const badge = place('live');
  const isLive = live.isLive;
  badge.dataset.live = isLive;
  badge.textContent = isLive ? '● live'
    : live.lastMs === 0 ? '○ not live yet' : `○ not live since ${clock(live.lastMs)}, trying again`;
  document.body.classList.toggle('stale', !isLive);
}

/** Silence grows also while nothing comes. */
function aged({node, peers}) {
  const ageMs = Date.now() - live.lastMs;
  return peers.map(peer => {
    const silentMs = peer.silentMs + ageMs;
    return {...peer, silentMs, missed: node ? silentMs / node.keepAliveMs : 0};
  });
}

function width() {
  const card = getComputedStyle(place('mesh'));
  const inner = place('mesh').clientWidth - parseFloat(card.paddingLeft) - parseFloat(card.paddingRight);
  return Math.max(NARROWEST, Math.floor(inner));
}

function about(node) {
  return node === null ? nothing : html`
    <h2>This gateway</h2>
    <dl>
      <div><dt>Peer id</dt><dd class="mono break">${node.peerId}</dd></div>
      <div><dt>Cluster</dt><dd class="mono break">${node.clusterId}</dd></div>
      <div><dt>Sender key (public)</dt><dd class="mono break">${node.senderKey}</dd></div>
      <div><dt>Seen at</dt><dd class="mono">${node.address ?? 'nobody has said yet'}</dd></div>
      <div><dt>UDP port</dt><dd>${node.udpPort}</dd></div>
      <div><dt>Before it</dt><dd>${node.natType}</dd></div>
      <div><dt>Runs for</dt><dd>${time(node.uptimeMs)}</dd></div>
      <div><dt>Version</dt><dd>${node.version}</dd></div>
    </dl>`;
}

live.start();
draw();
setInterval(draw, DRAW_MS);
new ResizeObserver(draw).observe(place('mesh'));
