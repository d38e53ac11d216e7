// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
// Times, sizes and names as a person reads them.

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const KIB = 1024;

export const shortId = id => id.slice(0, 8);

/** As `4 s`, `12 min`, `3 h 5 min` or `2 d 4 h`. */
export function time(ms) {
  if (ms < MINUTE) {
    return `${Math.max(0, Math.floor(ms / SECOND))} s`;
  }
  if (ms < HOUR) {
    return `${Math.floor(ms / MINUTE)} min`;
  }
  return ms < DAY
    ? `${Math.floor(ms / HOUR)} h ${Math.floor(ms % HOUR / MINUTE)} min`
    : `${Math.floor(ms / DAY)} d ${Math.floor(ms % DAY / HOUR)} h`;
}

/** As `812 B`, `4.2 KiB` or `1.5 MiB`. */
export function bytes(count) {
  if (count < KIB) {
    return `${count} B`;
  }
  return count < KIB * KIB ? `${(count / KIB).toFixed(1)} KiB` : `${(count / KIB / KIB).toFixed(1)} MiB`;
}

export function percent(share) {
  const value = share * 100;
  return `${value > 0 && value < 1 ? '<1' : Math.round(value)} %`;
}

/** A few messages a second need a decimal, many do not. */
export const rate = perSecond => `${perSecond.toFixed(perSecond < 10 ? 1 : 0)}/s`;

export const count = (number, one, many) => `${number.toLocaleString('en')} ${number === 1 ? one : many}`;

/** The time of day; with the date when it is not today's. */
export function clock(atMs) {
  const then = new Date(atMs);
  const day = then.toDateString() === new Date().toDateString() ? '' : `${iso(then).slice(0, 10)} `;
  return day + iso(then).slice(11, 19);
}

/** In the browser's time zone. */
function iso(then) {
  return new Date(then.getTime() - then.getTimezoneOffset() * MINUTE).toISOString();
}

const NAT = {
  'unrestricted': 'open',
  'address-restricted': 'address NAT',
  'port-restricted': 'port NAT',
  'endpoint-restricted': 'symmetric NAT',
  'unknown': 'NAT unknown'
};

/** Short enough for a picture. */
export const nat = type => NAT[type] ?? type;

const LEVELS = {OK: 'All is well', WATCH: 'Look at this', BAD: 'Not working'};

export const levelWord = level => LEVELS[level] ?? level;

/** A shape for each level, for colour alone says nothing to some. */
const MARKS = {OK: '✓', BUSY: '…', WATCH: '!', BAD: '✕'};

export const levelMark = level => MARKS[level] ?? '?';
