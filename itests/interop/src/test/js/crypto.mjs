// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0

// The reference's cryptography by itself: bytes are base64, keys and ids are hex.
import { Encryption } from './reference.mjs'

const fromHex = text => Buffer.from(text, 'hex')
const toHex = bytes => Buffer.from(bytes).toString('hex')
const fromBase64 = text => Buffer.from(text, 'base64')
const toBase64 = bytes => Buffer.from(bytes).toString('base64')

export const keyPair = hex => Encryption.createKeyPair(hex && new Uint8Array(fromHex(hex)))

export async function seal ({ sharedKey, plaintext }) {
  return { sealed: toBase64(new Encryption().seal(fromBase64(plaintext), await keyPair(sharedKey))) }
}

export async function open ({ sharedKey, sealed }) {
  return { plaintext: toBase64(new Encryption().open(fromBase64(sealed), await keyPair(sharedKey))) }
}

export async function sign ({ seed, message }) {
  return { signature: toBase64(Encryption.sign(fromBase64(message), (await keyPair(seed)).privateKey)) }
}

export async function verify ({ publicKey, message, signature }) {
  return { verified: Encryption.verify(fromBase64(message), fromBase64(signature), fromHex(publicKey)) }
}

export async function derive ({ passphrase }) {
  const sharedKey = await Encryption.createSharedKey(passphrase)
  return { sharedKey: toHex(sharedKey), subclusterId: toHex((await Encryption.createKeyPair(sharedKey)).publicKey) }
}
