// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.command;

import io.streamrelay.api.Id;
import io.streamrelay.api.Message;
import io.streamrelay.api.Origin;
import io.streamrelay.api.Received;
import io.streamrelay.console.FakeRelay;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A message of another member. */
record Heard(String topic, String payload) implements Received {

    @Override
    public Message message() {
        return Message.of(topic, payload.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Authenticity authenticity() {
        return Authenticity.SENDER;
    }

    @Override
    public Optional<Origin> origin() {
        return Optional.of(new Origin(FakeRelay.id("sender"), 1, 1, 0));
    }

    @Override
    public Id packetId() {
        return FakeRelay.id("packet");
    }

    @Override
    public Optional<Id> streamedBy() {
        return Optional.empty();
    }

    @Override
    public boolean local() {
        return false;
    }

    @Override
    public long ageMs() {
        return 5_000;
    }

    @Override
    public int hops() {
        return 1;
    }
}
