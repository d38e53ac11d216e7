// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Keys, signatures and seals on Bouncy Castle's primitives. {@link io.streamrelay.crypto.BouncyKeyRing} is the only
 * way in; {@link io.streamrelay.crypto.SubclusterSealer} lays out the seal, {@link io.streamrelay.crypto.BoxKeyPair}
 * and {@link io.streamrelay.crypto.SecretBox} make one layer of it as libsodium does, and
 * {@link io.streamrelay.crypto.EphemeralPool} keeps the curve arithmetic of sealing off the way of a burst.
 */
package io.streamrelay.crypto;
