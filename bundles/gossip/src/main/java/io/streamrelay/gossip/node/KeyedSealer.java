// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.SharedKey;
import io.streamrelay.api.crypto.Sealer;

/**
 * What opens and seals a subcluster's messages, and the key that it came from, for those who are invited.
 *
 * @param key as 32 bytes
 * @param sealer what the key leads to
 */
record KeyedSealer(SharedKey key, Sealer sealer) {}
