// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.Id;
import io.streamrelay.api.crypto.SealException;
import io.streamrelay.api.crypto.Sealer;
import java.util.concurrent.atomic.AtomicBoolean;

/** Seals as another does, and fails as by a bug while it is broken. */
record BreakableSealer(Sealer sealer, AtomicBoolean broken) implements Sealer {

    @Override
    public Id subclusterId() {
        return sealer.subclusterId();
    }

    @Override
    public byte[] seal(byte[] plaintext) {
        if (broken.get()) {
            throw new IllegalArgumentException("a bug");
        }
        return sealer.seal(plaintext);
    }

    @Override
    public byte[] open(byte[] sealed) throws SealException {
        return sealer.open(sealed);
    }

    @Override
    public void close() {
        sealer.close();
    }
}
