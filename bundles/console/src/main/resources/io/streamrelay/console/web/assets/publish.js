// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
// Publishes a test message, and shows how far it has come.

import {html, nothing, render} from './lit-html.js';
import {clock, count, shortId} from './words.js';

const ASK_MS = 1000;
const ASK_FOR_MS = 120000;
const STAGES = ['ACCEPTED', 'COMMITTED', 'SENT', 'HELD'];
const WORDS = {
  ACCEPTED: 'taken by this gateway',
  COMMITTED: 'on this gateway’s disk',
  SENT: 'sent to',
  HELD: 'held by'
};

export class Publish {

  #place;
  #state = null;
  #result = {stage: 'idle'};

  /** @param place where the form is put */
  constructor(place) {
    this.#place = place;
  }

  /** Takes a new state over: what somebody is typing stays. */
  show(state) {
    this.#state = state;
    const traced = state.messages.find(message => message.id === this.#result.id);
    if (traced) {
      this.#trace(traced.steps);
    }
    this.#draw();
  }

  #draw() {
    render(this.#form(), this.#place);
  }

  #form() {
    const names = this.#state.snapshot.subclusters.map(subcluster => subcluster.name);
    return html`
      <h2 id="publish-title">Publish a test message</h2>
      <form id="publish" @submit=${event => this.#submit(event)}>
        <label for="publish-subcluster">Subcluster</label>
        <select id="publish-subcluster" required>${names.map(name => html`<option value=${name}>${name}</option>`)}</select>
        <label for="publish-topic">Topic</label>
        <input id="publish-topic" required maxlength="1024" value="demo/test" autocomplete="off" autocapitalize="none"
          spellcheck="false">
        <label for="publish-text">Text</label>
        <textarea id="publish-text" rows="2" maxlength="16000">hello</textarea>
        <label for="publish-qos">QoS</label>
        <select id="publish-qos"><option value="0">0</option><option value="1" selected>1</option>
          <option value="2">2</option></select>
        <button ?disabled=${names.length === 0 || this.#result.stage === 'sending'}>Publish</button>
      </form>
      <div id="publish-result" data-stage=${this.#result.stage} data-id=${this.#result.id ?? nothing} role="status"
        aria-live="polite">${this.#outcome()}</div>`;
  }

  #outcome() {
    const {stage, error, steps, topic, subcluster} = this.#result;
    if (stage === 'idle') {
      return nothing;
    }
    if (error) {
      return html`<p class="problem">✕ ${error}</p>`;
    }
    if (stage === 'sending') {
      return html`<p>Sending …</p>`;
    }
    const reached = STAGES.filter(each => steps.some(step => step.stage === each));
    return html`
      <p><b>${topic}</b> in ${subcluster}, <span class="mono" title=${this.#result.id}>${shortId(this.#result.id)}</span></p>
      <ol class="stages">${STAGES.map(each => this.#step(each, reached.includes(each)))}</ol>
      ${reached.includes('HELD') ? nothing : html`<p class="quiet">${this.#waitsFor(subcluster)}</p>`}`;
  }

  #step(stage, done) {
    const steps = this.#result.steps.filter(step => step.stage === stage);
    const peers = [...new Set(steps.map(step => step.peer).filter(Boolean))];
    const who = stage === 'SENT' || stage === 'HELD'
      ? html` ${count(peers.length, 'peer', 'peers')}${peers.length === 0 ? nothing : html`:
          <span class="mono">${peers.map(shortId).join(' ')}</span>`}` : nothing;
    return html`
      <li class=${done ? 'done' : ''}><span class="badge" aria-label=${done ? 'done' : 'not yet'} role="img">${done
        ? '✓' : '·'}</span> ${WORDS[stage]}${who}
        ${done ? html`<time class="quiet">${clock(steps[0].atMs)}</time>` : nothing}</li>`;
  }

  #waitsFor(name) {
    const subcluster = this.#state.snapshot.subclusters.find(each => each.name === name);
    return subcluster?.members.length > 0
      ? 'Waiting for a peer to say that it holds it …'
      : 'No member is in reach: it stays on this gateway’s disk, and with carriers, until one comes.';
  }

  async #submit(event) {
    event.preventDefault();
    const value = name => this.#place.querySelector(`#publish-${name}`).value;
    const asked = {
      subcluster: value('subcluster'), topic: value('topic'), text: value('text'), qos: Number(value('qos'))
    };
    this.#set({stage: 'sending'});
    try {
      const published = await this.#post(asked);
      this.#set({...asked, id: published.id, stage: 'committed', steps: []});
      this.#trace(published.steps);
      this.#follow(published.id, Date.now() + ASK_FOR_MS);
    } catch (reason) {
      this.#set({stage: 'refused', error: reason.message});
    }
  }

  async #post(asked) {
    const answer = await fetch('api/publish', {
      method: 'POST',
      headers: {'Content-Type': 'application/json', 'X-Srp-Token': this.#state.token},
      body: JSON.stringify(asked)
    });
    const said = await answer.json().catch(() => ({error: `the gateway answers ${answer.status}`}));
    if (!answer.ok) {
      throw new Error(said.error);
    }
    return said;
  }

  /** More often than pictures come: a person waits. */
  async #follow(id, untilMs) {
    while (this.#result.id === id && this.#result.stage !== 'held' && Date.now() < untilMs) {
      const answer = await fetch(`api/trace?id=${id}`).catch(() => null);
      if (answer?.ok) {
        this.#trace((await answer.json()).steps);
      }
      await new Promise(resolve => setTimeout(resolve, ASK_MS));
    }
  }

  #trace(steps) {
    if (steps.length >= (this.#result.steps?.length ?? 0)) {
      const furthest = STAGES.filter(each => steps.some(step => step.stage === each)).pop();
      this.#set({...this.#result, steps, stage: furthest?.toLowerCase() ?? this.#result.stage});
    }
  }

  #set(result) {
    this.#result = result;
    this.#draw();
  }
}
