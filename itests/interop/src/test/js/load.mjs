// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0

// Numbered messages out of a peer and into it, counted inside: one command for each would measure the pipe.
import { randomBytes } from 'node:crypto'
import { setImmediate as turn, setTimeout as delay } from 'node:timers/promises'

// Linux' monotonic clock, as System.nanoTime() has it: times of several processes can be compared.
const nowNs = () => Number(process.hrtime.bigint())

function numbered (number, bytes) {
  const payload = randomBytes(bytes)
  payload.writeInt32BE(number)
  return payload
}

// What is published with `emit`, in the background.
export class Publishing {
  #times = []
  #beganNs = 0
  #endedNs = 0
  #failure

  // `perSecond` 0 is as fast as it goes.
  start (emit, { first, count, bytes, perSecond }) {
    this.#times = []
    this.#endedNs = 0
    this.#failure = undefined
    this.#run(emit, first, count, bytes, perSecond ? 1e9 / perSecond : 0).catch(error => { this.#failure = error })
  }

  async #run (emit, first, count, bytes, periodNs) {
    this.#beganNs = nowNs()
    for (let i = 0; i < count; i++) {
      const earlyNs = this.#beganNs + i * periodNs - nowNs()
      // A timer waits for a millisecond at least; what is due by then goes at once.
      if (earlyNs > 0) await delay(Math.max(1, earlyNs / 1e6))
      this.#times.push(nowNs())
      await emit(numbered(first + i, bytes))
      // What has come in meanwhile has its turn.
      await turn()
    }
    this.#endedNs = nowNs()
  }

  state () {
    if (this.#failure) throw this.#failure
    return this.#endedNs
      ? { done: true, beganNs: this.#beganNs, endedNs: this.#endedNs, publishedNs: this.#times }
      : { done: false }
  }
}

// What has come, and when, since it was asked for last.
export class Notes {
  #numbers = []
  #arrivedNs = []

  add (payload) {
    this.#numbers.push(payload.readInt32BE(0))
    this.#arrivedNs.push(nowNs())
  }

  take () {
    const taken = { numbers: this.#numbers, arrivedNs: this.#arrivedNs }
    this.#numbers = []
    this.#arrivedNs = []
    return taken
  }
}
