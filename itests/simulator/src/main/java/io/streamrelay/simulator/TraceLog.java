// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Refusal;
import io.streamrelay.api.transport.SocketId;
import io.streamrelay.gossip.engine.Observation;
import io.streamrelay.gossip.packet.Decoded;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.Pulse;
import io.streamrelay.gossip.packet.Receipt;
import io.streamrelay.gossip.packet.ShortForm;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Writes a line for everything that happens; for eyes, when one seed is replayed. */
final class TraceLog implements Watcher {

    private static final int TEXT_MAX = 300;

    private final VirtualTime time;
    private final PrintStream out;

    TraceLog(VirtualTime time, PrintStream out) {
        this.time = time;
        this.out = out;
    }

    @Override
    public void sent(VirtualNode node, SocketId socket, Endpoint to, byte[] bytes) {
        line(node, socket + " -> " + to + " " + describe(bytes));
    }

    @Override
    public void received(VirtualNode node, SocketId socket, Endpoint from, byte[] bytes) {
        line(node, socket + " <- " + from + " " + describe(bytes));
    }

    @Override
    public void translated(NatDevice device, Endpoint inside, Endpoint outside, Endpoint to) {
        line(device, inside + " => " + outside + " -> " + to);
    }

    @Override
    public void turnedAway(NatDevice device, Endpoint from, Endpoint to) {
        line(device, "turned away " + from + " -> " + to);
    }

    @Override
    public void accepted(VirtualNode node, Message message) {
        line(node, "accepted " + message);
    }

    @Override
    public void refused(VirtualNode node, Message message, Refusal reason) {
        line(node, "refused " + message + ": " + reason);
    }

    @Override
    public void delivered(VirtualNode node, Delivery delivery) {
        line(node, "delivered " + delivery.message() + " after " + delivery.hops() + " hops");
    }

    @Override
    public void observed(VirtualNode node, Observation observation) {
        line(node, "observed " + observation);
    }

    @Override
    public void stopped(VirtualNode node) {
        line(node, "stopped");
    }

    @Override
    public void wiped(VirtualNode node) {
        line(node, "wiped");
    }

    private void line(Object who, String text) {
        out.printf(Locale.ROOT, "%9.3f %-8s %s%n", time.nowMs() / 1e3, who, text);
    }

    private static String describe(byte[] bytes) {
        Pulse pulse = Pulse.of(bytes);
        if (pulse != null) {
            return "PULSE " + pulse.kind() + " " + bytes.length + " B";
        }
        Receipt receipt = Receipt.of(bytes);
        if (receipt != null) {
            return "RECEIPT " + (receipt.asks() ? "asked, " : "") + "number " + receipt.number() + ", "
                    + receipt.names().size() + " names, " + bytes.length + " B";
        }
        if (ShortForm.isShort(bytes)) {
            return "PUBLISH, short form, " + bytes.length + " B";
        }
        Decoded decoded = Packet.decode(bytes.clone());
        if (!(decoded instanceof Packet packet)) {
            return bytes.length + " B " + decoded;
        }
        String text = packet.type() + " " + bytes.length + " B hops=" + packet.hops();
        if (packet.packetId() != null) {
            text += " id=" + packet.packetId().shortHex();
        }
        byte[] body = packet.copy(Field.MESSAGE);
        boolean isText = body.length > 0 && body[0] == '{';
        return isText ? text + " " + cut(new String(body, StandardCharsets.US_ASCII)) : text;
    }

    private static String cut(String text) {
        return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX) + "…";
    }
}
