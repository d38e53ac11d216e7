// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0

// Writes envelopes.json, from the words of ENVELOPE.md and without any of the Java code: node envelopes.mjs
import { createPrivateKey, createPublicKey, sign } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { deflateRawSync } from 'node:zlib'

const EVENT = 'streamrelay/envelope/1'

function head (major, n) {
  n = BigInt(n)
  const [info, bytes] = n < 24n ? [Number(n), 0] : n < 256n ? [24, 1] : n < 65536n ? [25, 2] : n < 1n << 32n ? [26, 4] : [27, 8]
  const out = Buffer.alloc(1 + bytes)
  out[0] = major << 5 | info
  for (let i = 0, rest = n; i < bytes; i++, rest >>= 8n) out[bytes - i] = Number(rest & 255n)
  return out
}

function cbor (value) {
  if (value === null) return Buffer.from([0xf6])
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value)
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value])
  return Buffer.concat([head(4, value.length), ...value.map(cbor)])
}

function message (m) {
  const short = [m.qos | (m.retained ? 4 : 0), m.topic, Buffer.from(m.payload, 'hex')]
  return m.contentType === null && m.properties.length === 0 ? short : [...short, m.contentType, m.properties.flat()]
}

function write (e) {
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.from(e.seed, 'hex')])
  const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' })
  const sender = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32)
  const body = cbor([e.epoch, e.sequence, e.wallMs, e.uncertaintyMs, e.ageMs, e.lifetimeMs, e.messages.map(message)])
  const deflated = deflateRawSync(body)
  const shrunk = deflated.length < body.length
  const start = Buffer.from([0x53, 0x45, 1, shrunk ? 1 : 0])
  const rest = Buffer.concat([sender, shrunk ? deflated : body])
  const signed = Buffer.concat([Buffer.from(EVENT + '\0'), Buffer.from(e.subcluster, 'hex'), start, rest])
  return Buffer.concat([start, sign(null, signed, key), rest]).toString('hex')
}

const hex = (text) => Buffer.from(text).toString('hex')
const seed = '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f'
const subcluster = 'a0'.repeat(32)
const plain = { topic: 'sensors/t', payload: hex('21.5'), qos: 1, retained: false, contentType: null, properties: [] }
const common = { seed, subcluster, epoch: 1, sequence: 1, wallMs: 1767225600000, uncertaintyMs: 60000, ageMs: 0, lifetimeMs: 21600000 }

const envelopes = [
  { name: 'one small message', ...common, messages: [plain] },
  { name: 'a clock that was never set', ...common, wallMs: 0, uncertaintyMs: -1, ageMs: 12345, messages: [plain] },
  { name: 'everything a message has', ...common, epoch: 300, sequence: 70000, messages: [
    { topic: 'Gerät/t', payload: '', qos: 2, retained: true, contentType: 'text/plain', properties: [['unit', '°C'], ['site', '']] }] },
  { name: 'properties without a content type', ...common, sequence: 4294967296, messages: [
    { ...plain, qos: 0, contentType: null, properties: [['a', 'b']] }] },
  { name: 'a batch that shrinks', ...common, sequence: 24, ageMs: 3, messages: Array.from({ length: 12 }, (_, i) => (
    { ...plain, topic: `plant/line/${i}/temperature`, payload: hex(`{"value":${20 + i},"unit":"celsius"}`) })) }
]

writeFileSync(new URL('envelopes.json', import.meta.url),
  JSON.stringify(envelopes.map((e) => ({ ...e, bytes: write(e) })), null, 1) + '\n')
