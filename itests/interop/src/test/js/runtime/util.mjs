// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0

// What the reference imports from its runtime's `util.js`, from Node.
import { Buffer } from 'node:buffer'
import { types } from 'node:util'

export function isBufferLike (value) {
  return types.isAnyArrayBuffer(value) || types.isTypedArray(value)
}

export function isArrayLike (value) {
  return Array.isArray(value) || types.isTypedArray(value)
}

export function toBuffer (value, encoding) {
  if (Buffer.isBuffer(value)) return value
  if (types.isTypedArray(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength)
  return Buffer.from(value, encoding)
}
