// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.karaf.attack;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.PacketType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Datagrams of all kinds from many hosts at once, each under another name. */
final class Flood {

    private static final int HOSTS = 64;

    private final Endpoint target;
    private final int perSecond;
    private final List<byte[]> datagrams = new ArrayList<>();

    Flood(Endpoint target, Id subcluster, Id held, int perSecond) {
        this.target = target;
        this.perSecond = perSecond;
        for (int i = 0; i < 256; i++) {
            PacketType type = PacketType.values()[i % PacketType.values().length];
            datagrams.add(HostilePackets.costly(type, subcluster, held, Endpoint.of("127.0.3.3", 9_777), i));
        }
        datagrams.add(new byte[] {1});
    }

    /** Sends so many, at that pace or as fast as the machine can. */
    void pour(int count) throws IOException, InterruptedException {
        List<LoopbackHost> hosts = new ArrayList<>();
        try {
            for (int i = 0; i < HOSTS; i++) {
                hosts.add(new LoopbackHost("127.0." + (16 + i) + ".1"));
            }
            pour(hosts, count);
        } finally {
            hosts.forEach(LoopbackHost::close);
        }
    }

    private void pour(List<LoopbackHost> hosts, int count) throws InterruptedException {
        Pacer pace = new Pacer(perSecond);
        for (int sent = 0; sent < count; sent++) {
            hosts.get(sent % HOSTS).send(target, datagrams.get(sent % datagrams.size()));
            pace.next();
        }
    }
}
