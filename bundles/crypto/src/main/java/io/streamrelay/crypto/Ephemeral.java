// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.crypto;

/**
 * What one layer of a seal needs and what does not depend on the message: a throw-away public key, and the box whose
 * key and nonce follow from it and from the recipient. For one message only.
 *
 * @param publicKey the X25519 public key that is sent along, 32 bytes
 * @param box to be wiped once it has sealed
 */
record Ephemeral(byte[] publicKey, SecretBox box) {}
