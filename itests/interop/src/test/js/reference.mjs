// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0

// The reference implementation, unmodified, on Node.
import { register } from 'node:module'

register('./resolve.mjs', import.meta.url)

export const { api } = await import('@socketsupply/socket/latica/api.js')
export const { Encryption } = await import('@socketsupply/socket/latica/index.js')
export const { Packet, PacketPing, PacketQuery, PacketStream } = await import('@socketsupply/socket/latica/packets.js')
