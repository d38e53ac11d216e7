// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0

// The reference's seal: encrypt, sign, encrypt.
import { randomBytes } from 'node:crypto'
import { Encryption } from '../../../../interop/src/test/js/reference.mjs'

export async function seal (stopwatch, sizes) {
  const encryption = new Encryption()
  const keys = await Encryption.createKeyPair(new Uint8Array(randomBytes(32)))
  const found = {}
  for (const size of sizes) {
    const plaintext = randomBytes(size)
    const sealed = encryption.seal(plaintext, keys)
    found[`seal ${size}`] = () => stopwatch.nsPerOperation(() => encryption.seal(plaintext, keys))
    found[`open ${size}`] = () => stopwatch.nsPerOperation(() => encryption.open(sealed, keys))
  }
  return found
}
