// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0

// The reference implementation, unmodified, on Node.
import { register } from 'node:module'

register('./resolve.mjs', import.meta.url)

export const { api } = await import('@socketsupply/socket/latica/api.js')
export const { Cache, Encryption, Peer } = await import('@socketsupply/socket/latica/index.js')
export const { Packet, PacketPing, PacketPublish, PacketQuery, PacketStream } = await import('@socketsupply/socket/latica/packets.js')
