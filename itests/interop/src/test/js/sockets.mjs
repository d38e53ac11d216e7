// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
import { createSocket } from 'node:dgram'
import { once } from 'node:events'

// The dgram module as the reference wants it, except that its sockets are bound to one address only.
export function socketsOn (address) {
  return {
    createSocket (type) {
      const socket = createSocket(type)
      const bind = socket.bind.bind(socket)
      socket.bind = port => bind(port, address)
      return socket
    }
  }
}

// A UDP port that nobody has. The reference must know its port before it binds when its NAT type is configured.
export async function freePort (address) {
  const socket = createSocket('udp4').bind(0, address)
  await once(socket, 'listening')
  const { port } = socket.address()
  socket.close()
  await once(socket, 'close')
  return port
}
