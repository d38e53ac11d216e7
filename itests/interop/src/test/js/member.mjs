// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
import events from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { randomBytes } from 'node:crypto'
import { api, Encryption, Packet, PacketPing, PacketQuery, PacketStream } from './reference.mjs'
import { keyPair } from './crypto.mjs'
import { Notes, Publishing } from './load.mjs'
import { freePort, network, socketsOn } from './sockets.mjs'

const CONNECT_RETRY_MS = 500
const CONNECT_TRIES = 40

const toHex = bytes => Buffer.from(bytes).toString('hex')

const describe = (packet, port, address) => ({
  event: 'packet',
  type: packet.type,
  hops: packet.hops,
  index: packet.index,
  packetId: toHex(packet.packetId),
  usr1: toHex(packet.usr1),
  usr3: toHex(packet.usr3),
  usr4: toHex(packet.usr4),
  message: (Buffer.isBuffer(packet.message) ? packet.message : Buffer.from(JSON.stringify(packet.message))).toString('base64'),
  address,
  port
})

// A reference peer that takes part in one cluster, through the reference's public interface alone.
export class MemberPeer {
  #bus
  #options
  #tell
  #subclusters = new Map()
  #ownPackets = new WeakSet()
  #watched = new Set()
  #publishing = new Publishing()
  #notes = new Notes()

  // natType and port are given to the reference as a static configuration when natType is set; without it the peer
  // finds out for itself, which needs two responders (protocol-v6 §3.8).
  static async open (options, tell) {
    const address = options.address ?? '127.0.0.1'
    const member = new MemberPeer()
    member.#tell = tell
    member.#options = {
      peerId: options.peerId ?? await Encryption.createId(),
      clusterId: options.clusterId ? Buffer.from(options.clusterId, 'hex') : await Encryption.createClusterId(options.cluster),
      signingKeys: await keyPair(options.signingSeed),
      port: options.port || await freePort(address),
      ...(options.natType ? { natType: options.natType, address } : {}),
      ...(options.keepalive ? { keepalive: options.keepalive } : {}),
      peers: [],
      worker: false
    }
    member.#bus = await api(member.#options, events, socketsOn(options.bind ?? address, options.filtered))
    member.#report(options.debug)
    return member
  }

  #report (debug) {
    const tell = this.#tell
    this.#bus.on('#ready', info => tell({ event: 'ready', natType: info.natType, address: info.address, port: info.port }))
    this.#bus.on('#connection', (packet, peer, port, address) =>
      tell({ event: 'connection', peerId: peer.peerId, address, port }))
    this.#bus.on('#disconnection', peers => tell({ event: 'disconnection', peerIds: [peers].flat().map(peer => peer.peerId) }))
    this.#bus.on('#packet', (packet, port, address, local) => { if (local) this.#ownPackets.add(packet) })
    this.#bus.on('#data', (packet, port, address) => { if (this.#watched.has(packet.type)) tell(describe(packet, port, address)) })
    this.#bus.on('#error', error => tell({ event: 'error', error: String(error) }))
    if (debug) this.#bus.on('#debug', (peerId, ...words) => tell({ event: 'debug', text: words.join(' ') }))
  }

  identity () {
    const { peerId, clusterId, port, signingKeys } = this.#options
    return { peerId, clusterId: toHex(clusterId), port, publicKey: toHex(signingKeys.publicKey) }
  }

  async subcluster ({ name, sharedKey }) {
    const sub = await this.#bus.subcluster({ sharedKey: new Uint8Array(Buffer.from(sharedKey, 'hex')) })
    this.#subclusters.set(name, sub)
    sub.on('#join', peer => this.#tell({ event: 'join', subcluster: name, peerId: peer.peerId, address: peer.address, port: peer.port }))
    return { subclusterId: toHex(sub.subclusterId) }
  }

  async listen ({ subcluster, event }) {
    await this.#named(subcluster).on(event, (payload, packet) => this.#tell({
      event: 'message',
      subcluster,
      name: event,
      payload: payload?.toString('base64'),
      verified: packet.verified === true,
      local: this.#ownPackets.has(packet),
      streamed: packet.type === PacketStream.type,
      signer: toHex(packet.usr2),
      packetId: toHex(packet.packetId)
    }))
    return {}
  }

  // The reference finds peers through peers that it knows; the first one it is told about gets the same ping that
  // it sends to a peer it was introduced to.
  async ping ({ address, port, subcluster }) {
    this.#bus.send(await Packet.encode(await this.#connectionPing(subcluster)), port, address)
    return {}
  }

  async connect (target) {
    for (let i = 0; i < CONNECT_TRIES && !this.#isConnected(target); i++) {
      await this.ping(target)
      await delay(CONNECT_RETRY_MS)
    }
    if (!this.#isConnected(target)) throw new Error(`no answer from ${target.address}:${target.port}`)
    return {}
  }

  #isConnected ({ address, port }) {
    return this.#bus.getState().peers.some(peer => peer.connected && peer.address === address && peer.port === port)
  }

  async #connectionPing (subcluster) {
    const { natType, uptime } = await this.#bus.getInfo()
    return new PacketPing({
      clusterId: this.#options.clusterId,
      ...(subcluster ? { subclusterId: this.#named(subcluster).subclusterId } : {}),
      message: {
        ...(natType ? { natType } : {}),
        isConnection: true,
        requesterPeerId: this.#options.peerId,
        uptime,
        timestamp: Date.now()
      }
    })
  }

  async emit ({ subcluster, event, payload, ttl }) {
    const packets = await this.#named(subcluster).emit(event, Buffer.from(payload, 'base64'), ttl ? { ttl } : {})
    return { packetId: toHex(packets[0].packetId) }
  }

  // Numbered messages in the background; `published` tells when they are out.
  publish ({ subcluster, event, ...load }) {
    const sub = this.#named(subcluster)
    this.#publishing.start(payload => sub.emit(event, payload), load)
    return {}
  }

  published () {
    return this.#publishing.state()
  }

  // Keeps the numbers of what others publish; `noted` hands them over.
  async note ({ subcluster, event }) {
    await this.#named(subcluster).on(event, (payload, packet) => {
      if (!this.#ownPackets.has(packet)) this.#notes.add(payload)
    })
    return {}
  }

  noted () {
    return this.#notes.take()
  }

  async stream ({ subcluster, peerId, event, payload }) {
    const peer = this.#named(subcluster).peers.get(peerId)
    if (!peer) throw new Error(`${peerId} has not joined ${subcluster}`)
    await peer.emit(event, Buffer.from(payload, 'base64'))
    return {}
  }

  // Tells of every packet of these types (numbers) that arrives.
  watch ({ types }) {
    this.#watched = new Set(types)
    return {}
  }

  // Asks all neighbours that the reference chooses.
  async query ({ query }) {
    await this.#bus.query(query)
    return {}
  }

  // Asks one peer, with a question that says to be `age` ms old.
  async ask ({ address, port, query, age }) {
    const usr3 = randomBytes(32)
    const question = new PacketQuery({
      message: query,
      usr1: Buffer.from(String(Date.now() - (age ?? 0))),
      usr3,
      usr4: Buffer.from('1')
    })
    this.#bus.send(await Packet.encode(question), port, address)
    return { queryId: toHex(usr3) }
  }

  // Sends a datagram as it is.
  raw ({ address, port, bytes }) {
    this.#bus.send(Buffer.from(bytes, 'base64'), port, address)
    return {}
  }

  // From here on the network loses this share of what comes and goes.
  network ({ loss }) {
    network.loss = loss
    return {}
  }

  async stats () {
    const { natType, uptime } = await this.#bus.getInfo()
    const { peers, data, unpublished } = this.#bus.getState()
    return {
      natType,
      uptime,
      cached: data.length,
      unpublished: Object.keys(unpublished).length,
      peers: peers.map(({ peerId, address, port, natType, connected }) => ({ peerId, address, port, natType, connected }))
    }
  }

  #named (name) {
    const sub = this.#subclusters.get(name)
    if (!sub) throw new Error(`no subcluster '${name}'`)
    return sub
  }
}
