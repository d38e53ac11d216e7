// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0

// usage: node micro.mjs GROUP OPERATION WARM_MS MEASURE_MS
// Measures an operation and prints one JSON object: its nanoseconds, and what else there is to tell.
import { Stopwatch } from './stopwatch.mjs'

const SIZES = [200, 1000]
const SYNCED = 6000
const DIFFERENCES = [1, 100, 1000]

// Loaded when it is asked for: the reference is not needed for the native library, nor that one for the reference.
const groups = {
  codec: async stopwatch => (await import('./codec.mjs')).codec(stopwatch),
  seal: async stopwatch => (await import('./seal.mjs')).seal(stopwatch, SIZES),
  native: async stopwatch => (await import('./native.mjs')).native(stopwatch, SIZES),
  summary: async stopwatch => (await import('./cache.mjs')).summary(stopwatch),
  sync: async stopwatch => (await import('./cache.mjs')).sync(stopwatch, SYNCED, DIFFERENCES)
}

const [group, operation, warmMs, measureMs] = process.argv.slice(2)
const operations = await groups[group](new Stopwatch(Number(warmMs), Number(measureMs)))
const found = await operations[operation]()
console.log(JSON.stringify(typeof found === 'number' ? { ns: found } : found))
