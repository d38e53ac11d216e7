// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0

// The same seal by native libsodium, with all keys converted beforehand, and nothing that takes the secret half for a shortcut.
import { randomBytes } from 'node:crypto'
import sodium from 'sodium-native'

const SIGNATURE = sodium.crypto_sign_BYTES
const BOX = sodium.crypto_box_SEALBYTES

class Keys {
  signPublic = Buffer.alloc(sodium.crypto_sign_PUBLICKEYBYTES)
  signSecret = Buffer.alloc(sodium.crypto_sign_SECRETKEYBYTES)
  boxPublic = Buffer.alloc(sodium.crypto_box_PUBLICKEYBYTES)
  boxSecret = Buffer.alloc(sodium.crypto_box_SECRETKEYBYTES)

  constructor (seed) {
    sodium.crypto_sign_seed_keypair(this.signPublic, this.signSecret, seed)
    sodium.crypto_sign_ed25519_pk_to_curve25519(this.boxPublic, this.signPublic)
    sodium.crypto_sign_ed25519_sk_to_curve25519(this.boxSecret, this.signSecret)
  }

  seal (plaintext) {
    const signed = Buffer.allocUnsafe(SIGNATURE + BOX + plaintext.length)
    const inner = signed.subarray(SIGNATURE)
    sodium.crypto_box_seal(inner, plaintext, this.boxPublic)
    sodium.crypto_sign_detached(signed.subarray(0, SIGNATURE), inner, this.signSecret)
    const sealed = Buffer.allocUnsafe(BOX + signed.length)
    sodium.crypto_box_seal(sealed, signed, this.boxPublic)
    return sealed
  }

  open (sealed) {
    const signed = Buffer.allocUnsafe(sealed.length - BOX)
    require(sodium.crypto_box_seal_open(signed, sealed, this.boxPublic, this.boxSecret), 'outer box')
    const inner = signed.subarray(SIGNATURE)
    const signature = signed.subarray(0, SIGNATURE)
    require(sodium.crypto_sign_verify_detached(signature, inner, this.signPublic), 'signature')
    const plaintext = Buffer.allocUnsafe(inner.length - BOX)
    require(sodium.crypto_box_seal_open(plaintext, inner, this.boxPublic, this.boxSecret), 'inner box')
    return plaintext
  }
}

function require (opened, layer) {
  if (!opened) throw new Error(`${layer}: cannot be opened`)
}

export async function native (stopwatch, sizes) {
  const keys = new Keys(randomBytes(sodium.crypto_sign_SEEDBYTES))
  const found = {}
  for (const size of sizes) {
    const plaintext = randomBytes(size)
    const sealed = keys.seal(plaintext)
    require(keys.open(sealed).equals(plaintext), 'plaintext')
    found[`seal ${size}`] = () => stopwatch.nsPerOperation(() => keys.seal(plaintext))
    found[`open ${size}`] = () => stopwatch.nsPerOperation(() => keys.open(sealed))
  }
  return found
}
