// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Endpoint;
import io.streamrelay.itests.network.lab.Host;
import io.streamrelay.itests.network.lab.Lab;
import io.streamrelay.itests.network.lab.LinkQuality;
import io.streamrelay.itests.network.process.Member;
import io.streamrelay.itests.network.process.OpenHost;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Two members behind NATs of such kinds, and nodes in the open that both know. */
final class PairLab {

    /** A line into a town nearby. */
    private static final LinkQuality LINE = new LinkQuality(10, 3, 0);

    private static final int MULTICAST_DNS = 5_353;

    /** Three of a reference peer's rounds of joins, since one may be lost or just over. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Pair pair;
    private final OpenHost open;
    private final Host leftHost;
    private final Host rightHost;
    private final Member left;
    private final Member right;
    private final long startedNs;

    /** Starts a member, of whatever make. */
    @FunctionalInterface
    interface Starter {
        Member start(Host host, String cluster, List<Endpoint> peers);
    }

    PairLab(Lab lab, Pair pair, Starter leftStarter, Starter rightStarter) {
        this.pair = pair;
        leftHost = lab.nat("left-nat", pair.left(), "203.0.113.101", LINE).host("left");
        rightHost = lab.nat("right-nat", pair.right(), "203.0.113.102", LINE).host("right");
        String cluster = "cluster of " + pair;
        open = OpenHost.start(lab, cluster);
        left = leftStarter.start(leftHost, cluster, OpenHost.endpoints());
        right = rightStarter.start(rightHost, cluster, OpenHost.endpoints());
        startedNs = System.nanoTime();
    }

    /**
     * Lets both say something at once and find out what they are behind; then, when they can reach each other, switches
     * off the nodes in the open as soon as they do, and lets both say something again.
     */
    Crossing cross() {
        exchange("first");
        long heardMs = sinceStartMs();
        assertTrue(rightKnowsItsNat(), this::toString);
        if (pair.way() == Way.PROXIED || !Await.comes(PATIENCE, this::reachEachOther)) {
            exchange("second");
            return new Crossing(Way.PROXIED, heardMs, -1);
        }
        long reachedMs = sinceStartMs();
        open.close();
        exchange("second");
        return new Crossing(usesPooledSocket() ? Way.PUNCHED : Way.DIRECT, heardMs, reachedMs);
    }

    private void exchange(String text) {
        left.publish(text + " from left");
        right.publish(text + " from right");
        left.awaitText(text + " from right", PATIENCE);
        right.awaitText(text + " from left", PATIENCE);
    }

    private boolean reachEachOther() {
        return left.reaches(right) && right.reaches(left);
    }

    /** A node has a main and a probe socket, and what it keeps of its pool when a peer was met there. */
    private boolean usesPooledSocket() {
        return Stream.of(leftHost, rightHost)
                .anyMatch(host -> host.udpPorts().stream()
                                .filter(port -> port != MULTICAST_DNS)
                                .count()
                        > 2);
    }

    private long sinceStartMs() {
        return Duration.ofNanos(System.nanoTime() - startedNs).toMillis();
    }

    /** Each sends the other something that nobody else gets. */
    void streamBothWays() {
        left.awaitJoin(right, PATIENCE);
        right.awaitJoin(left, PATIENCE);
        stream(left, right);
        stream(right, left);
    }

    private static void stream(Member from, Member to) {
        String text = "for " + to.id().shortHex() + " alone";
        from.stream(to, text);
        to.awaitText(text, PATIENCE);
    }

    /** The left one may be a reference peer, which is wrong now and then when answers are late (protocol-v6 D36). */
    private boolean rightKnowsItsNat() {
        return Await.comes(PATIENCE, () -> right.natType() == pair.right().type());
    }

    /** What both say about themselves. */
    @Override
    public String toString() {
        return pair + ": left " + left.stats() + ", right " + right.stats();
    }
}
