// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
// Keeps the page's state fresh: by server-sent events, and by asking where there are none.

/** Pictures come every 2 s: after so long without one the page must not claim to be live. */
const STALE_MS = 7000;
const ASK_MS = 2000;
/** How long it only asks before it tries a stream again. */
const RETRY_MS = 10000;

export class Live {

  #show;
  #source = null;
  #triedMs = 0;
  #lastMs = 0;

  /** @param show called with each state */
  constructor(show) {
    this.#show = show;
  }

  /** A page that a browser only keeps for the way back must not hold one of the few connections it has to a host. */
  start() {
    this.#listen();
    this.#ask();
    setInterval(() => this.#look(), ASK_MS);
    addEventListener('pagehide', () => this.#source.close());
    addEventListener('pageshow', event => event.persisted && this.#listen());
  }

  /** Whether what is shown is what there is. */
  get isLive() {
    return this.#lastMs > 0 && Date.now() - this.#lastMs < STALE_MS;
  }

  /** When the last state came, in milliseconds since 1970; 0 while none has. */
  get lastMs() {
    return this.#lastMs;
  }

  #listen() {
    this.#triedMs = Date.now();
    this.#source?.close();
    this.#source = new EventSource('api/events');
    this.#source.addEventListener('state', event => this.#take(JSON.parse(event.data)));
  }

  #take(state) {
    this.#lastMs = Date.now();
    this.#show(state);
  }

  /** A browser tries again by itself after a lost connection, but not after a refusal or a sleep. */
  #look() {
    if (!this.isLive && Date.now() - this.#triedMs > RETRY_MS) {
      this.#listen();
    }
    if (!this.isLive || this.#source.readyState === EventSource.CLOSED) {
      this.#ask();
    }
  }

  async #ask() {
    try {
      const answer = await fetch('api/state', {signal: AbortSignal.timeout(STALE_MS)});
      if (answer.ok) {
        this.#take(await answer.json());
      }
    } catch {
      // The gateway cannot be reached: the page says since when, and asks again.
    }
  }
}
