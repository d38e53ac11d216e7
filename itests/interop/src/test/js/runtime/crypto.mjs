// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0

// What the reference imports from its runtime's `crypto.js`, from Node and libsodium.
import { createHash, randomBytes } from 'node:crypto'
import sodium from 'libsodium-wrappers'

export { randomBytes, sodium }

const NODE_NAMES = { 'SHA-1': 'sha1', 'SHA-256': 'sha256', 'SHA-384': 'sha384', 'SHA-512': 'sha512' }

export async function createDigest (algorithm, bytes) {
  return createHash(NODE_NAMES[algorithm]).update(bytes).digest()
}
