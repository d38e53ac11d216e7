// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
// What a peer's numbers mean to who looks at them.

import {count, nat, percent, shortId, time} from './words.js';

/** In keep-alives, as `missed` of a peer: who lets half of the next one pass fades. */
const FADING = 1.5;
const FADED = 4;

/** `connected`, `fading`, `proxied` or `absent`. */
export function stateOf(peer) {
  if (peer.state === 'ABSENT') {
    return 'absent';
  }
  if (peer.missed > FADING && peer.state === 'CONNECTED') {
    return 'fading';
  }
  return peer.state.toLowerCase();
}

/** How much of a peer is still to be seen, in steps that the stylesheet knows: 0 is all. */
export function fadeOf(peer) {
  const state = stateOf(peer);
  if (state === 'absent') {
    return 3;
  }
  return state !== 'fading' ? 0 : peer.missed < (FADING + FADED) / 2 ? 1 : 2;
}

/** How far it is, in two or three words. */
export function progress(peer) {
  if (fadeOf(peer) > 0) {
    return `heard ${time(peer.silentMs)} ago`;
  }
  if (peer.state === 'PROXIED') {
    return 'proxied';
  }
  if (peer.waitingPackets > 0) {
    return `${peer.waitingPackets} waiting`;
  }
  return peer.inStep ? 'in step' : peer.kin ? 'comparing' : 'reference peer';
}

/** Whether somebody has to ask where its data is. */
export const isBehind = peer =>
  fadeOf(peer) > 0 || peer.waitingPackets > 0 || peer.state === 'CONNECTED' && peer.kin && !peer.inStep;

export function linkWords(peer) {
  if (peer.roundTripMs < 0) {
    return peer.lossShare > 0 ? `${percent(peer.lossShare)} lost` : '';
  }
  return `${peer.roundTripMs} ms · ${percent(peer.lossShare)}`;
}

/** All there is to say, for who cannot see the picture or points at it. */
export function describe(peer) {
  return [
    `peer ${peer.id}`,
    peer.state === 'ABSENT' ? 'not connected' : peer.via ? `reached through ${shortId(peer.via)}` : peer.route,
    peer.address ? `at ${peer.address}` : null,
    peer.state === 'CONNECTED' ? `${nat(peer.natType)} (${peer.natType})` : null,
    peer.carrier ? 'a carrier: it keeps and passes on what it cannot read' : null,
    `last heard ${time(peer.silentMs)} ago`,
    peer.roundTripMs >= 0 ? `round trip ${peer.roundTripMs} ms, ${percent(peer.lossShare)} lost` : null,
    peer.waitingPackets > 0 ? `${count(peer.waitingPackets, 'packet waits', 'packets wait')} here for it` : null,
    peer.inStep ? 'in step' : null,
    peer.subclusters.length > 0 ? `member of ${peer.subclusters.join(', ')}` : null
  ].filter(Boolean).join('\n');
}
