// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.transport.SocketId;
import java.util.Arrays;

/** A fingerprint of everything that happened, in its order: equal for equal runs. */
public final class Trace implements Watcher {

    private final VirtualTime time;
    private long hash;
    private long events;

    Trace(VirtualTime time) {
        this.time = time;
    }

    @Override
    public void sent(VirtualNode node, SocketId socket, Endpoint to, byte[] bytes) {
        add(node, 1 + socket.number(), to.hashCode(), Arrays.hashCode(bytes));
    }

    @Override
    public void received(VirtualNode node, SocketId socket, Endpoint from, byte[] bytes) {
        add(node, 3 + socket.number(), from.hashCode(), Arrays.hashCode(bytes));
    }

    @Override
    public void accepted(VirtualNode node, Message message) {
        add(node, 5, message.number(), 0);
    }

    @Override
    public void delivered(VirtualNode node, Delivery delivery) {
        add(node, 6, delivery.message().number(), delivery.hops());
    }

    @Override
    public void stopped(VirtualNode node) {
        add(node, 7, 0, 0);
    }

    @Override
    public void wiped(VirtualNode node) {
        add(node, 8, 0, 0);
    }

    /** The fingerprint so far. */
    public long hash() {
        return hash;
    }

    /** How many events it is made of. */
    public long events() {
        return events;
    }

    private void add(VirtualNode node, int kind, int first, int second) {
        events++;
        mix(time.nowMs());
        mix((long) node.number() << 8 | kind);
        mix((long) first << 32 | second & 0xffffffffL);
    }

    private void mix(long value) {
        long mixed = (hash ^ value) * 0x9E3779B97F4A7C15L;
        hash = mixed ^ mixed >>> 32;
    }
}
