// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.karaf.attack;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.PacketType;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Datagrams of all kinds from many hosts at once, each under another name. */
final class Flood {

    private static final int HOSTS = 64;

    private final Endpoint target;
    private final int perSecond;
    private final List<byte[]> datagrams = new ArrayList<>();

    Flood(Endpoint target, Id subcluster, int perSecond) {
        this.target = target;
        this.perSecond = perSecond;
        for (int i = 0; i < 256; i++) {
            PacketType type = PacketType.values()[i % PacketType.values().length];
            datagrams.add(HostilePackets.costly(type, subcluster, Endpoint.of("127.0.3.3", 9_777), i));
        }
        datagrams.add(new byte[] {1});
    }

    /** @return how many datagrams were sent */
    long pour(Duration time) throws IOException, InterruptedException {
        List<LoopbackHost> hosts = new ArrayList<>();
        try {
            for (int i = 0; i < HOSTS; i++) {
                hosts.add(new LoopbackHost("127.0." + (16 + i) + ".1"));
            }
            return pour(hosts, System.nanoTime() + time.toNanos());
        } finally {
            hosts.forEach(LoopbackHost::close);
        }
    }

    private long pour(List<LoopbackHost> hosts, long endNs) throws InterruptedException {
        Pacer pace = new Pacer(perSecond);
        int sent = 0;
        while (System.nanoTime() - endNs < 0) {
            hosts.get(sent % HOSTS).send(target, datagrams.get(sent % datagrams.size()));
            sent++;
            pace.next();
        }
        return sent;
    }
}
