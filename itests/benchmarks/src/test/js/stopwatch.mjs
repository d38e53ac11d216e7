// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0

// What one operation takes, measured for some time after some time of warming up.

const NS_PER_MS = 1e6
const SLICE_NS = 1e6

export class Stopwatch {
  constructor (warmMs, measureMs) {
    this.warmMs = warmMs
    this.measureMs = measureMs
  }

  // Many operations at a time, so that looking at the clock costs nothing.
  async nsPerOperation (operation) {
    const batch = await this.#batch(operation)
    await this.#repeat(batch, operation, this.warmMs)
    return this.#repeat(batch, operation, this.measureMs)
  }

  // One operation at a time: what `prepare` does before it is not measured.
  async nsPerPreparedOperation (prepare, operation) {
    await this.#repeatPrepared(prepare, operation, this.warmMs)
    return this.#repeatPrepared(prepare, operation, this.measureMs)
  }

  async #batch (operation) {
    let batch = 1
    while (await run(batch, operation) < SLICE_NS) batch *= 2
    return batch
  }

  async #repeat (batch, operation, forMs) {
    let batches = 0
    let spent = 0
    while (spent < forMs * NS_PER_MS) {
      spent += await run(batch, operation)
      batches++
    }
    return spent / batches / batch
  }

  async #repeatPrepared (prepare, operation, forMs) {
    let count = 0
    let spent = 0
    while (spent < forMs * NS_PER_MS) {
      const prepared = await prepare()
      spent += await run(1, () => operation(prepared))
      count++
    }
    return spent / count
  }
}

async function run (batch, operation) {
  const begin = process.hrtime.bigint()
  for (let i = 0; i < batch; i++) {
    const result = operation()
    // An await of what is no promise would be a part of the operation.
    if (result instanceof Promise) await result
  }
  return Number(process.hrtime.bigint() - begin)
}
