// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.transport.SocketId;
import io.streamrelay.gossip.packet.PacketType;
import io.streamrelay.gossip.packet.Pulse;
import io.streamrelay.gossip.packet.Receipt;
import io.streamrelay.gossip.packet.ShortForm;
import java.util.HashMap;
import java.util.Map;

/** Counts what all nodes send: datagrams and their bytes, without the 28 bytes of IP and UDP headers. */
public final class Traffic implements Watcher {

    private static final int TYPE_OFFSET = 4;

    /** What was sent to one address, with the headers of IP and UDP. */
    public record Toward(long datagrams, long bytes, long publishDatagrams, long publishBytes) {

        private static final Toward NOTHING = new Toward(0, 0, 0, 0);

        private Toward plus(int datagramBytes, boolean publish) {
            return new Toward(
                    datagrams + 1,
                    bytes + datagramBytes,
                    publishDatagrams + (publish ? 1 : 0),
                    publishBytes + (publish ? datagramBytes : 0));
        }

        /** What was sent since then. */
        public Toward since(Toward before) {
            return new Toward(
                    datagrams - before.datagrams,
                    bytes - before.bytes,
                    publishDatagrams - before.publishDatagrams,
                    publishBytes - before.publishBytes);
        }

        /** All but what carried messages, as a share of all. */
        public double controlShare() {
            return bytes == 0 ? 0 : 1 - (double) publishBytes / bytes;
        }
    }

    private final Map<Endpoint, Toward> byAddress = new HashMap<>();
    private final long[] datagramsByType = new long[256];
    private final long[] bytesByType = new long[256];
    private long datagrams;
    private long bytes;
    private long receiptBytesWithHeaders;

    @Override
    public void sent(VirtualNode node, SocketId socket, Endpoint to, byte[] sent) {
        datagrams++;
        bytes += sent.length;
        int type = type(sent);
        boolean publish = type == PacketType.PUBLISH.wire();
        byAddress.computeIfPresent(to, (address, before) -> before.plus(sent.length + Bandwidth.HEADER_BYTES, publish));
        if (type >= 0) {
            datagramsByType[type]++;
            bytesByType[type] += sent.length;
        } else if (Receipt.of(sent) != null) {
            receiptBytesWithHeaders += sent.length + Bandwidth.HEADER_BYTES;
        }
    }

    /** Whether a datagram carries a message, or a part of one, in whatever form. */
    public static boolean isPublication(byte[] sent) {
        return type(sent) == PacketType.PUBLISH.wire();
    }

    /** -1 of a punch, a pulse or a receipt. */
    private static int type(byte[] sent) {
        if (ShortForm.isShort(sent)) {
            return PacketType.PUBLISH.wire();
        }
        boolean isNone = sent.length <= TYPE_OFFSET || Pulse.of(sent) != null || Receipt.of(sent) != null;
        return isNone ? -1 : sent[TYPE_OFFSET] & 0xff;
    }

    /** What was sent to one address since this was first asked of it: a search for ports tries millions of them. */
    public Toward toward(Endpoint to) {
        return byAddress.computeIfAbsent(to, address -> Toward.NOTHING);
    }

    /** Datagrams so far. */
    public long datagrams() {
        return datagrams;
    }

    /** Datagrams of one type so far. */
    public long datagrams(PacketType type) {
        return datagramsByType[type.wire()];
    }

    /** Their bytes so far. */
    public long bytes(PacketType type) {
        return bytesByType[type.wire()];
    }

    /** Bytes so far. */
    public long bytes() {
        return bytes;
    }

    /** The same with the headers of IP and UDP of each datagram: what the lines carry. */
    public long bytesWithHeaders() {
        return bytes + datagrams * Bandwidth.HEADER_BYTES;
    }

    /** The same of one type alone. */
    public long bytesWithHeaders(PacketType type) {
        return bytes(type) + datagrams(type) * Bandwidth.HEADER_BYTES;
    }

    /** The same of receipts, which are no packets. */
    public long receiptBytesWithHeaders() {
        return receiptBytesWithHeaders;
    }
}
