// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.Id;
import io.streamrelay.api.Message;
import io.streamrelay.api.Origin;
import io.streamrelay.api.Received;
import java.util.Optional;

/** What a listener gets. */
record ReceivedMessage(
        Message message,
        Authenticity authenticity,
        Optional<Origin> origin,
        Id packetId,
        Optional<Id> streamedBy,
        boolean local,
        long ageMs,
        int hops,
        long sentMs)
        implements Received {}
