// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import io.streamrelay.api.Refusal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who accepted, who got what, and when; and who should have got something and has not. */
public final class Deliveries implements Watcher {

    private static final class Fate {
        private final Map<Integer, Long> reachedMs = new HashMap<>();
        private final Map<Integer, Integer> hops = new HashMap<>();
        private boolean accepted;
        private Refusal refusal;
        private boolean senderGone;
    }

    private final MessageBook messages;
    private final List<Fate> fates = new ArrayList<>();

    Deliveries(MessageBook messages) {
        this.messages = messages;
    }

    @Override
    public void accepted(VirtualNode node, Message message) {
        fate(message).accepted = true;
    }

    @Override
    public void refused(VirtualNode node, Message message, Refusal reason) {
        fate(message).refusal = reason;
    }

    @Override
    public void delivered(VirtualNode node, Delivery delivery) {
        fate(delivery.message()).reachedMs.putIfAbsent(node.number(), delivery.atMs());
        fate(delivery.message()).hops.putIfAbsent(node.number(), delivery.hops());
    }

    @Override
    public void stopped(VirtualNode node) {
        for (Message message : messages.all()) {
            Fate fate = fate(message);
            fate.senderGone |= message.from() == node.number() && !fate.accepted;
        }
    }

    @Override
    public void wiped(VirtualNode node) {
        fates.forEach(fate -> fate.reachedMs.remove(node.number()));
    }

    /** Whether the message has come out at that node. */
    public boolean reached(Message message, VirtualNode node) {
        return fate(message).reachedMs.containsKey(node.number());
    }

    /** How many times messages have come out anywhere, each counted once for each node. */
    public int count() {
        return fates.stream().mapToInt(fate -> fate.reachedMs.size()).sum();
    }

    /** From sending a message to each of its receivers so far, in ms, sorted. */
    public long[] timesMs(Message message) {
        return fate(message).reachedMs.values().stream()
                .mapToLong(atMs -> atMs - message.sentMs())
                .sorted()
                .toArray();
    }

    /** How many hops it took to each of its receivers so far, sorted. */
    public int[] hops(Message message) {
        return fate(message).hops.values().stream()
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
    }

    /** For each message that came out anywhere: milliseconds from sending it to its last receiver so far, sorted. */
    public long[] reachTimesMs() {
        return messages.all().stream()
                .filter(message -> !fate(message).reachedMs.isEmpty())
                .mapToLong(message -> fate(message).reachedMs.values().stream()
                                .mapToLong(Long::longValue)
                                .max()
                                .orElseThrow()
                        - message.sentMs())
                .sorted()
                .toArray();
    }

    /**
     * What is still owed: messages that their sender's engine has not answered for, and those that it has accepted and
     * that a live subscriber has not got. A message that went down with its sender, unanswered, is owed to nobody.
     */
    public List<String> missing(Collection<VirtualNode> nodes) {
        List<String> missing = new ArrayList<>();
        for (Message message : messages.all()) {
            Fate fate = fate(message);
            if (fate.refusal != null) {
                missing.add(message + " was refused: " + fate.refusal);
            } else if (!fate.accepted && !fate.senderGone) {
                missing.add(message + " was neither accepted nor refused");
            } else if (fate.accepted && message.toAll()) {
                nodes.stream()
                        .filter(node -> isOwed(message, node) && !fate.reachedMs.containsKey(node.number()))
                        .forEach(node -> missing.add(message + " has not reached " + node + "; " + fate.reachedMs.size()
                                + " others have got it"));
            }
        }
        return missing;
    }

    private static boolean isOwed(Message message, VirtualNode node) {
        return node.isAwake() && node.isSubscribed(message.subcluster()) && message.from() != node.number();
    }

    private Fate fate(Message message) {
        while (fates.size() <= message.number()) {
            fates.add(new Fate());
        }
        return fates.get(message.number());
    }
}
