// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
// The answer to the one question: are this gateway and those out there up to date, and if not, where is the data?

import {html, nothing} from './lit-html.js';
import {isBehind, progress, stateOf} from './peers.js';
import {count, levelMark, levelWord, shortId, time} from './words.js';

const NAMED_MAX = 5;
const SEVERITY = {OK: 0, WATCH: 1, BAD: 2};

/** The finding that a verdict is about. */
export const worst = snapshot =>
  snapshot.findings.reduce((one, other) => SEVERITY[other.level] > SEVERITY[one.level] ? other : one);

export function verdict(snapshot) {
  const finding = worst(snapshot);
  return html`
    <div class="verdict level-${snapshot.level}" data-level=${snapshot.level}>
      <span class="badge" aria-hidden="true">${levelMark(snapshot.level)}</span>
      <p><strong>${levelWord(snapshot.level)}</strong>
        ${snapshot.level === 'OK' ? nothing : html`<span>${finding.text}</span>`}
        ${finding.advice ? html`<em>${finding.advice}</em>` : nothing}</p>
    </div>`;
}

export function glance(snapshot, peers) {
  return snapshot.node ? html`<div class="tiles">${here(snapshot, peers)}${there(peers)}</div>` : nothing;
}

function tile(level, title, content) {
  return html`
    <div class="card tile level-${level}">
      <h2><span class="badge" aria-hidden="true">${levelMark(level)}</span>${title}</h2>
      ${content}
    </div>`;
}

function here(snapshot, peers) {
  const connected = peers.filter(peer => stateOf(peer) === 'connected');
  const unequal = connected.filter(peer => peer.kin && !peer.inStep);
  const backlog = snapshot.findings.find(finding => finding.check === 'BACKLOG');
  const missing = snapshot.subclusters.reduce((sum, subcluster) => sum + subcluster.missingEnvelopes, 0);
  const level = connected.length === 0 || backlog?.level !== 'OK' ? 'WATCH' : 'OK';
  return tile(unequal.length > 0 && level === 'OK' ? 'BUSY' : level, hereWords(connected, unequal), html`
    <p>${capital(backlog?.text ?? '')}.</p>
    ${missing > 0 ? html`<p>${count(missing, 'envelope of another member', 'envelopes of other members')}
      never came and ${missing === 1 ? 'is' : 'are'} waited for no longer.</p>` : nothing}`);
}

function hereWords(connected, unequal) {
  if (connected.length === 0) {
    return 'This gateway is alone: what is new elsewhere is not here';
  }
  return unequal.length === 0
    ? 'This gateway is up to date'
    : `This gateway is catching up with ${unequal.length} of ${count(connected.length, 'peer', 'peers')}`;
}

function there(peers) {
  const behind = peers.filter(isBehind).sort((one, other) => weight(other) - weight(one));
  if (peers.length === 0) {
    return tile('WATCH', 'Nobody else is known', html`<p>What is sent here stays here until a peer is in reach.</p>`);
  }
  const gone = behind.some(peer => stateOf(peer) !== 'connected');
  const title = behind.length === 0
    ? `Out there: all ${count(peers.length, 'peer is', 'peers are')} up to date`
    : `Out there: ${behind.length} of ${count(peers.length, 'peer', 'peers')} behind`;
  return tile(gone ? 'WATCH' : behind.length > 0 ? 'BUSY' : 'OK', title, html`
    <ul class="behind">${behind.slice(0, NAMED_MAX).map(line)}</ul>
    ${behind.length > NAMED_MAX ? html`<p>and ${behind.length - NAMED_MAX} more</p>` : nothing}
    ${behind.length === 0 ? html`<p>Nothing waits here for any of them.</p>` : nothing}`);
}

/** Who has fallen silent just now first, then who is catching up, then who has been gone for long. */
const weight = peer =>
  ({fading: 2e6, connected: 1e6, proxied: 1e6, absent: 0})[stateOf(peer)] + peer.waitingPackets - peer.silentMs / 1e9;

function line(peer) {
  const state = stateOf(peer);
  const words = state === 'absent'
    ? `gone, last heard ${time(peer.silentMs)} ago: gets what is here when it is back`
    : state === 'fading' ? `silent, last heard ${time(peer.silentMs)} ago` : progress(peer);
  const waiting = peer.waitingPackets > 0 && state === 'fading'
    ? `; ${count(peer.waitingPackets, 'packet waits', 'packets wait')} here for it` : '';
  return html`<li><span class="mono" title=${peer.id}>${shortId(peer.id)}</span> ${words}${waiting}</li>`;
}

const capital = text => text.charAt(0).toUpperCase() + text.slice(1);

const CHECKS = {NODE: 'Node', STORE: 'Store', BROKER: 'Brokers', PEERS: 'Peers', CLOCK: 'Clock', BACKLOG: 'Backlog'};

export function findings(list) {
  return html`
    <h2 id="findings-title">What was looked at</h2>
    <ul class="findings">${list.map(finding => html`
      <li class="card level-${finding.level}">
        <span class="badge" aria-hidden="true">${levelMark(finding.level)}</span>
        <div><h3>${CHECKS[finding.check] ?? finding.check}
          ${finding.level === 'OK' ? nothing : html`<span class="tag">${levelWord(finding.level)}</span>`}</h3>
          <p>${finding.text}</p>
          ${finding.advice ? html`<p class="advice">${finding.advice}</p>` : nothing}</div>
      </li>`)}
    </ul>`;
}
