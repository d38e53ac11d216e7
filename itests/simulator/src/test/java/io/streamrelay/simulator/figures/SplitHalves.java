// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.figures;

import io.streamrelay.api.crypto.Sealer;
import io.streamrelay.gossip.packet.PacketType;
import io.streamrelay.simulator.Deliveries;
import io.streamrelay.simulator.Message;
import io.streamrelay.simulator.MessageBook;
import io.streamrelay.simulator.Simulation;
import io.streamrelay.simulator.Traffic;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * S4: a network falls into halves for 10 min, 100 messages are published in each, and it is healed.
 *
 * @param completeMs from healing to the last delivery
 * @param equalMs from healing until all nodes hold the same, carriers included
 * @param datagramsEach publish datagrams for each delivery after healing
 * @param sent all bytes that were sent until then, of whatever datagram and with the headers of IP and UDP
 * @param missing the payload that nodes lacked when it was healed; row D7 of the field tests sets all bytes beside it, too,
 *     but without these headers
 * @param publishOverPackets the bytes of publish datagrams alone and without these headers, until a minute later, by those
 *     of the whole packets that came onto disks
 */
public record SplitHalves(
        long completeMs, long equalMs, double datagramsEach, Sent sent, Missing missing, double publishOverPackets) {

    /**
     * Bytes, and what they are for.
     *
     * @param publications datagrams with message content
     * @param summaries of what nodes hold, and inventories
     * @param all of these, receipts and whatever else
     */
    public record Sent(long publications, long summaries, long receipts, long all) {

        private static Sent of(Traffic traffic) {
            return new Sent(
                    traffic.bytesWithHeaders(PacketType.PUBLISH),
                    traffic.bytesWithHeaders(PacketType.SYNC),
                    traffic.receiptBytesWithHeaders(),
                    traffic.bytesWithHeaders());
        }

        private Sent since(Sent before) {
            return new Sent(
                    publications - before.publications,
                    summaries - before.summaries,
                    receipts - before.receipts,
                    all - before.all);
        }

        long rest() {
            return all - publications - summaries - receipts;
        }
    }

    private static final Duration SPLIT = Duration.ofMinutes(10);
    private static final Duration BOUND = Duration.ofMinutes(10);
    private static final int MESSAGES = 200;

    /** Of a message as the other chapters have it. */
    static final int PLAINTEXT_BYTES = 200;

    private static final Duration A_MINUTE_MORE = Duration.ofMinutes(1);

    /** All bytes by those of the missing payload. */
    public double bytesOverPayload() {
        return overPayload(sent.all);
    }

    double overPayload(long bytes) {
        return (double) bytes / missing.payloadBytes();
    }

    /** The same, by what was published before it was sealed. */
    double bytesOverPlaintext() {
        return (double) sent.all / (missing.payloadBytes() - (long) missing.packets() * Sealer.OVERHEAD_BYTES);
    }

    /** The same, by the bytes of the whole packets around that payload. */
    double bytesOverPackets() {
        return (double) sent.all / missing.packetBytes();
    }

    /** What it sets, in one line. */
    static String conditions(String plaintextBytes) {
        return "splitMs=" + SPLIT.toMillis() + " messages=" + MESSAGES + " plaintextBytes=" + plaintextBytes
                + " lifetimeMs=" + MessageBook.LIFETIME_MS;
    }

    public static SplitHalves measured(NatCrowd crowd) {
        return measured(crowd, PLAINTEXT_BYTES);
    }

    /** @param plaintextBytes of each message */
    static SplitHalves measured(NatCrowd crowd, int plaintextBytes) {
        Simulation simulation = crowd.simulation();
        int nodes = simulation.options().nodes();
        simulation.partition(
                IntStream.range(0, nodes).filter(SplitHalves::isInFirst).toArray());
        List<int[]> halves = List.of(
                Arrays.stream(crowd.subscribers())
                        .filter(SplitHalves::isInFirst)
                        .toArray(),
                Arrays.stream(crowd.subscribers())
                        .filter(node -> !isInFirst(node))
                        .toArray());
        for (int count = 0; count < MESSAGES; count++) {
            int[] half = halves.get(count % 2);
            simulation.publish(half[count / 2 % half.length], NatCrowd.SUBCLUSTER, plaintextBytes);
            simulation.run(SPLIT.dividedBy(MESSAGES));
        }
        Deliveries deliveries = simulation.witnesses().deliveries();
        int deliveredBefore = deliveries.count();
        Traffic traffic = simulation.witnesses().traffic();
        long datagramsBefore = traffic.datagrams(PacketType.PUBLISH);
        long publishBefore = traffic.bytes(PacketType.PUBLISH);
        Sent sentBefore = Sent.of(traffic);
        Missing missing = Missing.in(simulation);
        Taken taken = new Taken();
        simulation.watch(taken);
        long healedMs = simulation.nowMs();
        simulation.heal();
        simulation.awaitConvergence(BOUND);
        long equalMs = simulation.nowMs() - healedMs;
        Sent sent = Sent.of(traffic).since(sentBefore);
        simulation.awaitDelivery(BOUND);
        long lastMs = simulation.messages().stream()
                .mapToLong(message -> lastMs(deliveries, message))
                .max()
                .orElseThrow();
        simulation.run(A_MINUTE_MORE);
        double datagrams = traffic.datagrams(PacketType.PUBLISH) - datagramsBefore;
        double publishBytes = traffic.bytes(PacketType.PUBLISH) - publishBefore;
        return new SplitHalves(
                lastMs - healedMs,
                equalMs,
                datagrams / (deliveries.count() - deliveredBefore),
                sent,
                missing,
                publishBytes / taken.bytes());
    }

    private static boolean isInFirst(int node) {
        return node / 2 % 2 == 0;
    }

    private static long lastMs(Deliveries deliveries, Message message) {
        long[] timesMs = deliveries.timesMs(message);
        return message.sentMs() + timesMs[timesMs.length - 1];
    }
}
