// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0

// The reference's cache: its summary, and two peers that reconcile by theirs.
import { randomBytes } from 'node:crypto'
import { Cache, Peer } from '../../../../interop/src/test/js/reference.mjs'
import { withId } from './publication.mjs'

const PUBLISH = 5
const SYNC = 7
const TYPE_AT = 4

function packets (count) {
  const since = Date.now()
  return Array.from({ length: count }, (_, number) => {
    const packet = withId(number)
    packet.timestamp = since
    return [packet.packetId.toString('hex'), packet]
  })
}

// Nothing but what is handed over: no sockets, no timers. A peer puts off what it sends by a timer of 0 ms; here it
// leaves when the work in hand is done, so that no waiting is measured.
class Wire {
  queue = []
  due = []
  traffic = { syncs: 0, syncBytes: 0, publications: 0, publicationBytes: 0, others: 0, otherBytes: 0 }

  peer (port, held) {
    const dgram = {
      createSocket: () => ({
        on () {},
        unref () { return this },
        send: (data, toPort, address, sent) => {
          this.#count(data)
          this.queue.push({ data, from: port, to: toPort })
          sent()
        }
      })
    }
    const peer = new Peer({
      peerId: randomBytes(32).toString('hex'),
      clusterId: randomBytes(32),
      natType: 31,
      address: '127.0.0.1',
      port,
      peers: [],
      // It lets 1,024 packets a minute in from one address.
      limitExempt: true
    }, dgram)
    peer.cache = new Cache(new Map(held))
    peer._setTimeout = task => this.due.push(task)
    peer._clearTimeout = () => {}
    return peer
  }

  #count (data) {
    const kind = { [SYNC]: 'sync', [PUBLISH]: 'publication' }[data[TYPE_AT]] ?? 'other'
    this.traffic[`${kind}s`]++
    this.traffic[`${kind}Bytes`] += data.length
  }

  leave () {
    while (this.due.length) this.due.shift()()
  }

  // Until nothing is under way.
  async run (peers) {
    this.leave()
    for (let next = this.queue.shift(); next; next = this.queue.shift()) {
      const to = peers.find(peer => peer.port === next.to)
      await to._onMessage(next.data, { port: next.from, address: '127.0.0.1' })
      this.leave()
    }
  }
}

export function summary (stopwatch) {
  const full = new Cache().maxSize
  const peer = new Wire().peer(1, packets(full))
  const more = packets(full)
  let next = 0
  const insert = () => {
    const [id, packet] = more[next++ % more.length]
    peer.cache.insert(id, packet)
  }
  const summarize = () => peer.cache.summarize('', peer.cachePredicate())
  return { summaryAfterInsert: () => stopwatch.nsPerPreparedOperation(insert, summarize) }
}

export function sync (stopwatch, count, differences) {
  const all = packets(count)
  return Object.fromEntries(differences.map(difference => [`sync ${difference}`, async () => {
    const start = () => {
      const wire = new Wire()
      return { wire, full: wire.peer(1, all), lacking: wire.peer(2, all.slice(0, count - difference)) }
    }
    const ns = await stopwatch.nsPerPreparedOperation(start, reconcile)
    const example = start()
    await reconcile(example)
    const lacks = count - example.lacking.cache.size
    if (lacks > 0) throw new Error(`${lacks} packets still lack`)
    return { ns, ...example.wire.traffic }
  }]))
}

async function reconcile ({ wire, full, lacking }) {
  await lacking.sync({ peerId: full.peerId, address: full.address, port: full.port })
  await wire.run([full, lacking])
}
