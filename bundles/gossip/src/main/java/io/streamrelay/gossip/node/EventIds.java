// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.Id;
import io.streamrelay.gossip.node.envelope.EnvelopeWriter;
import java.nio.charset.StandardCharsets;

/** From the name of an event to the id that stands in a packet. */
final class EventIds {

    /** The id of every packet that carries an envelope. */
    static final Id ENVELOPE = of(EnvelopeWriter.EVENT);

    private EventIds() {}

    static Id of(String event) {
        return Identity.sha256(event.getBytes(StandardCharsets.UTF_8));
    }
}
