// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.Delivery;
import io.streamrelay.api.Id;
import io.streamrelay.api.Message;
import io.streamrelay.api.Origin;
import io.streamrelay.api.Received;
import java.util.Optional;

/** A message in a consumer's hands. */
record HandedDelivery(Received received, Runnable acknowledgement) implements Delivery {

    @Override
    public void acknowledge() {
        acknowledgement.run();
    }

    @Override
    public Message message() {
        return received.message();
    }

    @Override
    public Authenticity authenticity() {
        return received.authenticity();
    }

    @Override
    public Optional<Origin> origin() {
        return received.origin();
    }

    @Override
    public Id packetId() {
        return received.packetId();
    }

    @Override
    public Optional<Id> streamedBy() {
        return received.streamedBy();
    }

    @Override
    public boolean local() {
        return received.local();
    }

    @Override
    public long ageMs() {
        return received.ageMs();
    }

    @Override
    public long sentMs() {
        return received.sentMs();
    }

    @Override
    public int hops() {
        return received.hops();
    }
}
