// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.Pulse;

/** Sends what asks whoever is at an address to be a peer: to who was one before a pulse, to others a ping. */
final class Knocking {

    private final Turn turn;
    private final SelfView self;
    private final ControlPackets packets;
    private final Recall recall;

    Knocking(Turn turn, SelfView self, ControlPackets packets, Recall recall) {
        this.turn = turn;
        this.self = self;
        this.packets = packets;
        this.recall = recall;
    }

    /** Makes one attempt on a contact. */
    void knock(Contact contact) {
        Peer gone = contact.isForgotten() ? null : recall.at(contact.path(), contact.expected());
        if (gone != null) {
            // It is remembered: ours to ask, whoever says that it is there.
            turn.send(contact.path(), Pulse.back(gone.pingId()).encode());
            if (contact.recalls()) {
                return;
            }
        }
        boolean hasLeft =
                switch (contact.reason()) {
                    case HEARD_OF, STRAY -> greet(contact);
                    case INTRODUCED -> self.natTypeOnWire() == null ? greet(contact) : present(contact);
                    case CONFIGURED, KNOWN, NEARBY -> ask(contact);
                };
        contact.pinged(self.natTypeOnWire() == null, hasLeft);
    }

    private boolean greet(Contact contact) {
        return turn.sendUnproven(contact.path(), packets.greeting(contact.pingId()));
    }

    private boolean present(Contact contact) {
        Id subcluster = contact.subclusters().stream().findFirst().orElse(null);
        return turn.sendUnproven(contact.path(), packets.introduction(contact.pingId(), subcluster));
    }

    private boolean ask(Contact contact) {
        boolean reflection = self.natTypeOnWire() == null;
        String pingId = contact.pingId();
        turn.send(contact.path(), reflection ? packets.reflection(pingId) : packets.connection(true, pingId, null));
        return true;
    }
}
