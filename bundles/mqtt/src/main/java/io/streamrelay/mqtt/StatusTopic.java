// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import io.streamrelay.api.Message;
import io.streamrelay.api.StreamRelay;
import io.streamrelay.mqtt.broker.BrokerLink;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/**
 * Keeps the gateway's state as a retained message at the broker, so that it can be looked at without the mesh: every
 * minute, and within seconds when a peer comes or goes, a backlog or a sender's gaps begin or end, or a message is left
 * out.
 * Lives on the bridge's thread.
 */
final class StatusTopic {

    /** How often the state is looked at: what changes is to be told within 5 s, and a tick is late by 1 s at the most. */
    static final long LOOK_MS = 4_000;

    /** How often it is published in any case; our own choice: a broker may write each one to flash. */
    static final long REPEAT_MS = 60_000;

    private final String topic;
    private final String prefix;
    private final StreamRelay relay;
    private final BridgeThread thread;
    private final BridgeReport report;
    private final BooleanSupplier isFirst;
    private final StatusWill will;
    private final Set<String> shared = new TreeSet<>();
    private BrokerLink link;
    private Object published;
    private long publishedMs;
    private long lookedMs;

    /**
     * @param prefix what the topic begins with; empty for no such topic
     * @param setup its bridge's
     * @param isFirst whether this is the bridge that says at the common topics of a broker how its gateway is
     * @param will what has the broker say there that the gateway has gone
     */
    StatusTopic(String prefix, StreamRelay relay, BridgeSetup setup, BooleanSupplier isFirst, StatusWill will) {
        this.prefix = prefix;
        this.isFirst = isFirst;
        this.will = will;
        this.topic =
                prefix.isEmpty() ? "" : prefix + "/" + relay.info().peerId().hex() + "/" + setup.name();
        this.relay = relay;
        this.thread = setup.thread();
        this.report = setup.report();
    }

    void connected(BrokerLink connected) {
        link = topic.isEmpty() ? null : connected;
        lookAnew();
    }

    private void lookAnew() {
        published = null;
        look();
    }

    void lost() {
        link = null;
        will.release();
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
        StatusDocument document = new StatusDocument(relay, report.lastRefused(), lookedMs);
        boolean first = isFirst.getAsBoolean();
        Object gist = List.of(document.gist(), first);
        if (!gist.equals(published) || lookedMs - publishedMs >= REPEAT_MS) {
            published = gist;
            publishedMs = lookedMs;
            // Not to be queued for those who are away: the next one is more true.
            byte[] whole = document.encode();
            publish(topic, whole);
            if (first) {
                publishShared(document, whole);
                will.hold(link.version(), this::lookAnew);
            } else {
                shared.clear();
                will.release();
            }
        }
    }

    /** Where people look who do not know the gateway's id. Of several gateways at a broker the first is there. */
    private void publishShared(StatusDocument document, byte[] whole) {
        Set<String> before = new TreeSet<>(shared);
        shared.clear();
        share(prefix, whole);
        share(sibling("peers"), document.encodePeers());
        document.subclusterNames()
                .forEach(name ->
                        share(sibling("subcluster/" + level(name) + "/status"), document.encodeSubcluster(name)));
        before.removeAll(shared);
        before.forEach(gone -> publish(gone, new byte[0]));
    }

    private void share(String at, byte[] payload) {
        shared.add(at);
        publish(at, payload);
    }

    private String sibling(String name) {
        return prefix.substring(0, prefix.lastIndexOf('/') + 1) + name;
    }

    /** The API takes names that a topic cannot have. */
    private static String level(String name) {
        return name.replaceAll("[/+#\\x00]", "_");
    }

    /** Takes it back: what nobody keeps up would be believed for ever. Completes when the broker needs no will. */
    CompletionStage<Void> leave() {
        if (link != null) {
            publish(topic, new byte[0]);
            shared.forEach(at -> publish(at, new byte[0]));
            shared.clear();
            link = null;
        }
        return will.release();
    }

    private void publish(String at, byte[] payload) {
        link.publish(new Message(at, payload, 0, true, payload.length == 0 ? null : "application/json", List.of()));
    }
}
