// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
// The cards beneath the picture.

import {html, nothing} from './lit-html.js';
import {bytes, clock, count, levelMark, levelWord, rate, shortId, time} from './words.js';

const EVENTS_SHOWN = 60;
const DROPS_SHOWN = 20;

export function subclusters(list) {
  return html`
    <h2 id="subclusters-title">Subclusters</h2>
    ${list.length === 0 ? html`<p class="quiet">None is open: set one by io.streamrelay.subcluster.</p>` : nothing}
    ${list.map(each => html`
      <article>
        <h3>${each.name} <span class="mono quiet" title=${each.id}>${shortId(each.id)}</span></h3>
        <dl>
          <div><dt>Sent</dt><dd>${each.sent.toLocaleString('en')} <small>${rate(each.sentPerSecond)}</small></dd></div>
          <div><dt>Received</dt><dd>${each.received.toLocaleString('en')}
            <small>${rate(each.receivedPerSecond)}</small></dd></div>
          <div><dt>Members in reach</dt><dd>${each.members.length}</dd></div>
          <div><dt>Held here alone</dt><dd>${each.backlogMessages === 0 ? 'nothing'
            : `${count(each.backlogMessages, 'message', 'messages')} (${bytes(each.backlogBytes)})`}</dd></div>
          ${each.backlogMessages === 0 ? nothing : html`
            <div><dt>Oldest waits for</dt><dd>${time(each.backlogOldestMs)}</dd></div>`}
          <div><dt>Quiet for</dt><dd>${each.quietMs < 0 ? 'nothing ever came' : time(each.quietMs)}</dd></div>
          ${each.missingEnvelopes === 0 ? nothing : html`
            <div><dt>Never came</dt><dd>${count(each.missingEnvelopes, 'envelope', 'envelopes')}</dd></div>`}
          ${each.formerKeys === 0 ? nothing : html`
            <div><dt>Former keys</dt><dd>${each.formerKeys} still open messages</dd></div>`}
        </dl>
      </article>`)}`;
}

export function store(held) {
  return html`
    <h2 id="store-title">Store</h2>
    ${held === null ? html`<p class="quiet">No node runs.</p>` : html`
      ${held.failing ? html`<p class="problem">✕ It cannot be written.</p>` : nothing}
      ${gauge('Carried for the mesh', held.carriedBytes, held.carriedBytesMax)}
      ${gauge('Held by this gateway alone', held.backlogBytes, held.backlogBytesMax)}
      <table>
        <thead><tr><th scope="col">Cluster</th><th scope="col" class="number">Packets</th>
          <th scope="col" class="number">Size</th></tr></thead>
        <tbody>${held.clusters.map(cluster => html`
          <tr><th scope="row" class="mono" title=${cluster.id}>${shortId(cluster.id)}${cluster.own
            ? html` <span class="tag">own</span>` : nothing}</th>
            <td class="number">${cluster.packets.toLocaleString('en')}</td>
            <td class="number">${bytes(cluster.bytes)}</td></tr>`)}
        </tbody>
      </table>`}`;
}

function gauge(label, value, max) {
  return html`
    <p class="gauge"><label>${label}: <b>${bytes(value)}</b> of ${bytes(max)}
      <meter min="0" max=${max} high=${max * 0.8} optimum="0" .value=${value}></meter></label></p>`;
}

export function bridges(list) {
  return html`
    <h2 id="bridges-title">Bridges</h2>
    ${list.length === 0 ? html`<p class="quiet">No broker is bridged.</p>` : nothing}
    ${list.map(bridge => html`
      <article>
        <h3>${bridge.name} <span class="tag level-${bridge.connected ? 'OK' : 'BAD'}">${bridge.connected
          ? '✓ connected' : '✕ not connected'}</span></h3>
        <p class="mono break">${bridge.broker}</p>
        ${bridge.problem ? html`<p class="problem">${bridge.problem}</p>` : nothing}
        <dl>
          <div><dt>Subcluster</dt><dd>${bridge.subcluster}</dd></div>
          <div><dt>Into the mesh</dt><dd>${bridge.toMesh.toLocaleString('en')}</dd></div>
          <div><dt>To the broker</dt><dd>${bridge.toBroker.toLocaleString('en')}</dd></div>
        </dl>
        <ul class="routes">${bridge.routes.map(route => html`<li class="mono break">${route}</li>`)}</ul>
      </article>`)}`;
}

export function drops(list) {
  return html`
    <h2 id="drops-title">Last drops</h2>
    ${list.length === 0 ? html`<p class="quiet">Nothing was dropped since the console began.</p>` : html`
      <div class="scroll" tabindex="0" role="region" aria-label="Last drops"><table>
        <thead><tr><th scope="col">Last</th><th scope="col">Reason</th><th scope="col">From</th>
          <th scope="col" class="number">Times</th></tr></thead>
        <tbody>${list.slice(0, DROPS_SHOWN).map(drop => html`
          <tr><td>${clock(drop.lastMs)}</td><th scope="row">${drop.reason}</th>
            <td class="mono address">${drop.from ?? 'here'}</td>
            <td class="number">${drop.count.toLocaleString('en')}</td></tr>`)}
        </tbody>
      </table></div>`}`;
}

export function events(list) {
  return html`
    <h2 id="events-title">Event log</h2>
    ${list.length === 0 ? html`<p class="quiet">Nothing has changed since the console began.</p>` : html`
      <ol class="log scroll" tabindex="0" aria-label="Events, the latest first">
        ${list.slice(0, EVENTS_SHOWN).map(event => html`
          <li class="level-${event.level}"><time>${clock(event.atMs)}</time>
            <span class="badge" aria-label=${levelWord(event.level)} role="img">${levelMark(event.level)}</span>
            <span>${event.text}</span></li>`)}
      </ol>`}`;
}

const STAGES = {
  ACCEPTED: 'accepted', COMMITTED: 'on disk here', SENT: 'on its way', HELD: 'held by',
  RECEIVED: 'came in', DELIVERED: 'delivered'
};

/** Messages without what is in them: that is for those who they are sent to. */
export function messages(list) {
  return html`
    <h2 id="messages-title">Last messages</h2>
    ${list.length === 0 ? html`<p class="quiet">None yet. Those are listed that this gateway sends or can read.</p>` : html`
      <table>
        <thead><tr><th scope="col">Time</th><th scope="col">Message</th><th scope="col">Where it is</th></tr></thead>
        <tbody>${list.map(message)}</tbody>
      </table>`}`;
}

function message({id, subcluster, steps}) {
  const last = steps[steps.length - 1];
  const came = steps.some(step => step.stage === 'RECEIVED');
  const topic = steps.find(step => step.detail !== '' && (step.stage === 'ACCEPTED' || step.stage === 'RECEIVED'));
  return html`
    <tr data-message=${id}>
      <td>${steps.length > 0 ? clock(steps[0].atMs) : '–'}</td>
      <th scope="row" title=${id}><span aria-label=${came ? 'came in' : 'sent from here'}>${came ? '↓' : '↑'}</span>
        <span class="break">${topic?.detail ?? shortId(id)}</span> <small class="quiet">${subcluster}</small></th>
      <td>${last ? where(last, steps) : '–'}</td>
    </tr>`;
}

function where(last, steps) {
  const holders = new Set(steps.filter(step => step.stage === 'HELD').map(step => step.peer));
  if (holders.size > 0 && !steps.some(step => step.stage === 'RECEIVED')) {
    return `held by ${count(holders.size, 'peer', 'peers')}`;
  }
  return STAGES[last.stage] ?? last.stage.toLowerCase();
}
