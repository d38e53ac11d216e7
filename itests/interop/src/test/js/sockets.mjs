// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
import { createSocket } from 'node:dgram'
import { once } from 'node:events'

// What happens to datagrams on their way: this share of them is lost in each direction.
export const network = { loss: 0 }

// The same losses in every run: Marsaglia's xorshift.
let state = 2463534242
function isLost () {
  state ^= state << 13
  state ^= state >>> 17
  state ^= state << 5
  return (state >>> 0) / 2 ** 32 < network.loss
}

// The dgram module as the reference wants it, except that its sockets are bound to one address only, that the network
// loses what it is told to, and that, when it is filtered, nothing comes in but from where something was sent.
export function socketsOn (address, filtered = false) {
  return {
    createSocket (type) {
      const socket = createSocket(type)
      const sentTo = new Set()
      const letsIn = ({ address, port }) => !filtered || sentTo.has(`${address}:${port}`)
      const bind = socket.bind.bind(socket)
      const send = socket.send.bind(socket)
      const emit = socket.emit.bind(socket)
      socket.bind = port => bind(port, address)
      socket.send = (data, port, host, done) => {
        sentTo.add(`${host}:${port}`)
        return isLost() ? setImmediate(done ?? (() => {})) : send(data, port, host, done)
      }
      socket.emit = (event, ...args) => event === 'message' && (isLost() || !letsIn(args[1])) ? true : emit(event, ...args)
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
