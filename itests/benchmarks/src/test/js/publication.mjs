// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0

// The packet of 633 bytes that Publication.java makes, as the reference makes it.
import { randomBytes } from 'node:crypto'
import { PacketPublish } from '../../../../interop/src/test/js/reference.mjs'

const clusterId = randomBytes(32)
const senders = Array.from({ length: 64 }, () => ({
  subclusterId: randomBytes(32), usr1: randomBytes(32), usr2: randomBytes(32)
}))

export function publication (number, packetId) {
  return new PacketPublish({
    clusterId,
    ...senders[number % senders.length],
    sig: randomBytes(64),
    message: randomBytes(360),
    ...(packetId ? { packetId } : {})
  })
}

export const withId = number => publication(number, randomBytes(32))
