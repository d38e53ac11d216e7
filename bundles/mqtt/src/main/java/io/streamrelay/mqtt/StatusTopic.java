// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import io.streamrelay.api.Message;
import io.streamrelay.api.StreamRelay;
import io.streamrelay.mqtt.broker.BrokerLink;
import java.util.List;

/**
 * Keeps the gateway's state as a retained message at the broker, so that it can be looked at without the mesh: every
 * minute, and within seconds when a peer comes or goes, or a backlog or a sender's gaps begin or end.
 * Lives on the bridge's thread.
 */
final class StatusTopic {

    /** How often the state is looked at; our own choice. */
    static final long LOOK_MS = 5_000;

    /** How often it is published in any case; our own choice: a broker may write each one to flash. */
    static final long REPEAT_MS = 60_000;

    private final String topic;
    private final StreamRelay relay;
    private final BridgeThread thread;
    private BrokerLink link;
    private Object published;
    private long publishedMs;
    private long lookedMs;

    /**
     * @param prefix what the topic begins with; empty for no such topic
     * @param bridge the name that its bridge bears
     */
    StatusTopic(String prefix, StreamRelay relay, String bridge, BridgeThread thread) {
        this.topic =
                prefix.isEmpty() ? "" : prefix + "/" + relay.info().peerId().hex() + "/" + bridge;
        this.relay = relay;
        this.thread = thread;
    }

    void connected(BrokerLink connected) {
        link = topic.isEmpty() ? null : connected;
        published = null;
        look();
    }

    void lost() {
        link = null;
    }

    /** To be called about once a second. */
    void tick() {
        if (thread.nowMs() - lookedMs >= LOOK_MS) {
            look();
        }
    }

    private void look() {
        if (link == null) {
            return;
        }
        lookedMs = thread.nowMs();
        StatusDocument document = new StatusDocument(relay);
        Object gist = document.gist();
        if (!gist.equals(published) || lookedMs - publishedMs >= REPEAT_MS) {
            published = gist;
            publishedMs = lookedMs;
            // Not to be queued for those who are away: the next one is more true.
            publish(document.encode());
        }
    }

    /** Takes it back: what nobody keeps up would be believed for ever. */
    void leave() {
        if (link != null) {
            publish(new byte[0]);
            link = null;
        }
    }

    private void publish(byte[] payload) {
        link.publish(new Message(topic, payload, 0, true, payload.length == 0 ? null : "application/json", List.of()));
    }
}
