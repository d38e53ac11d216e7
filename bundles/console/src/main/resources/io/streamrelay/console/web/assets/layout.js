// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
// Where each peer stands in the picture. One unit is one pixel, so that text keeps its size on a phone.

/** More than these nobody tells apart. */
const SHOWN_MAX = 60;
const ROOMY_LABEL = 104;
const COMPACT_LABEL = 64;
/** How far out each of the rings is that peers stand on in turns when one is too narrow. */
const RINGS = [[1], [1, 0.7], [1, 0.76, 0.52]];
/** A proxy stands further in, so that there is room behind it. */
const PROXY_SHARE = 0.58;
/** A phone: its text would cover the lines if there were more. */
const NARROW = 480;
const NARROW_ROOMY_MAX = 4;
/** So few stand beside this node, where there is width for it. */
const FEW = 2;
const SAMPLES = 720;

/**
 * Places peers on an ellipse around this node, and those behind a proxy further out, beside it.
 *
 * @return {width, height, x, y, roomy, nodes: [{peer, x, y, from}], left: how many found no place}
 */
export function layout(peers, width) {
  const frame = frameOf(width, peers.length);
  const capacity = Math.min(SHOWN_MAX, Math.floor(frame.perimeter * 2.2 / COMPACT_LABEL));
  const shown = choose(peers, capacity);
  const slots = slotsOf(shown);
  const units = slots.reduce((sum, slot) => sum + slot.units, 0);
  const roomy = units * ROOMY_LABEL <= frame.perimeter && (width >= NARROW || units <= NARROW_ROOMY_MAX);
  const rings = RINGS[roomy ? 0 : Math.min(2, Math.ceil(units * COMPACT_LABEL / frame.perimeter) - 1)] ?? RINGS[0];
  const turn = width >= NARROW && peers.length <= FEW ? -0.5 / units : 0;
  return {...frame, roomy, nodes: place(slots, units, {...frame, rings, turn}), left: peers.length - shown.length};
}

function frameOf(width, peers) {
  const narrow = width < NARROW;
  const rx = Math.min(width / 2 - (narrow ? 36 : 56), !narrow && peers <= FEW ? 280 : 400);
  const share = narrow ? 1.35 : peers > 16 ? 0.8 : peers > FEW ? 0.62 : 0;
  const ry = Math.max(narrow || peers > FEW ? 170 : 80, rx * share);
  const perimeter = Math.PI * (3 * (rx + ry) - Math.sqrt((3 * rx + ry) * (rx + 3 * ry)));
  return {width, height: 2 * ry + 96, x: width / 2, y: ry + 32, rx, ry, perimeter};
}

/** Those that are there first, then those that were heard of most lately. */
function choose(peers, capacity) {
  const order = {CONNECTED: 0, PROXIED: 1, ABSENT: 2};
  return [...peers]
    .sort((one, other) => order[one.state] - order[other.state] || one.silentMs - other.silentMs)
    .slice(0, capacity);
}

/** By id, so that a peer keeps its neighbours; one whose proxy is not shown stands alone. */
function slotsOf(shown) {
  const sorted = [...shown].sort((one, other) => one.id < other.id ? -1 : 1);
  const heads = new Set(sorted.filter(peer => !peer.via).map(peer => peer.id));
  return sorted
    .filter(peer => !heads.has(peer.via))
    .map(peer => {
      const children = sorted.filter(child => child.via === peer.id);
      return {peer, children, units: Math.max(1, children.length)};
    });
}

function place(slots, units, frame) {
  const at = walker(frame);
  const nodes = [];
  let unit = 0;
  slots.forEach((slot, index) => {
    const out = frame.rings[index % frame.rings.length];
    const head = at((unit + slot.units / 2) / units, slot.children.length > 0 ? out * PROXY_SHARE : out);
    nodes.push({peer: slot.peer, ...head, from: {x: frame.x, y: frame.y}});
    slot.children.forEach((child, number) => {
      const share = (unit + (number + 0.5) * slot.units / slot.children.length) / units;
      nodes.push({peer: child, ...at(share, 1), from: head});
    });
    unit += slot.units;
  });
  return nodes;
}

/** Equal shares are equal ways along the ellipse, which equal angles are not. */
function walker({x, y, rx, ry, turn}) {
  const ways = [0];
  for (let i = 1; i <= SAMPLES; i++) {
    const [a, b] = [i - 1, i].map(k => k / SAMPLES * 2 * Math.PI);
    ways.push(ways[i - 1] + Math.hypot(rx * (Math.cos(b) - Math.cos(a)), ry * (Math.sin(b) - Math.sin(a))));
  }
  return (share, scale) => {
    const way = ((share + turn + 1) % 1) * ways[SAMPLES];
    const angle = ways.findIndex(each => each >= way) / SAMPLES * 2 * Math.PI;
    return {x: x + scale * rx * Math.cos(angle), y: y + scale * ry * Math.sin(angle)};
  };
}
