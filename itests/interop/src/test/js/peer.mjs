// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0

// A reference peer as a process: one JSON object a line on stdin is a command, one a line on stdout is an answer
// (`reply`: the command's id) or something that happened (`event`). README.md lists them.
import { createInterface } from 'node:readline'
import { MemberPeer } from './member.mjs'
import * as crypto from './crypto.mjs'
import { hurry } from './hurry.mjs'

const tell = line => process.stdout.write(JSON.stringify(line) + '\n')
const describe = error => String(error?.stack ?? error)

// The reference throws out of its own timers and promises (protocol-v6 D18, D37); a peer that ends would hide
// whether what follows works, so it lives on and says what happened.
process.on('uncaughtException', error => tell({ event: 'crash', error: describe(error) }))
process.on('unhandledRejection', error => tell({ event: 'crash', error: describe(error) }))

let member

const commands = {
  async start (options) {
    if (member) throw new Error('already started')
    if (options.hurry) hurry(options.hurry, options.epoch)
    member = await MemberPeer.open(options, tell)
    return member.identity()
  },
  subcluster: options => member.subcluster(options),
  on: options => member.listen(options),
  ping: options => member.ping(options),
  connect: options => member.connect(options),
  emit: options => member.emit(options),
  publish: options => member.publish(options),
  published: () => member.published(),
  note: options => member.note(options),
  noted: () => member.noted(),
  stream: options => member.stream(options),
  watch: options => member.watch(options),
  query: options => member.query(options),
  ask: options => member.ask(options),
  raw: options => member.raw(options),
  network: options => member.network(options),
  stats: () => member.stats(),
  seal: options => crypto.seal(options),
  open: options => crypto.open(options),
  sign: options => crypto.sign(options),
  verify: options => crypto.verify(options),
  derive: options => crypto.derive(options)
}

async function obey ({ id, command, ...options }) {
  try {
    if (!Object.hasOwn(commands, command)) throw new Error(`unknown command '${command}'`)
    tell({ reply: id, ...await commands[command](options) })
  } catch (error) {
    tell({ reply: id, error: describe(error) })
  }
}

for await (const line of createInterface({ input: process.stdin })) obey(JSON.parse(line))
// Not the reference's own close(): it throws from a timer when packets wait to be sent (protocol-v6 D27).
process.exit(0)
