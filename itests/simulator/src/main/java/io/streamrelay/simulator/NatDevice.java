// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import io.streamrelay.api.Endpoint;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** A NAT device: rewrites what leaves its network, and lets in what answers. */
public final class NatDevice {

    private final int number;
    private final NatOptions options;
    private final int publicAddress;
    private final RandomGenerator random;
    private final Map<NatMapping.Flow, NatMapping> leastRecentFirst = new LinkedHashMap<>();
    private final Map<Integer, NatMapping> byPort = new HashMap<>();

    NatDevice(int number, NatOptions options, int publicAddress, RandomGenerator random) {
        this.number = number;
        this.options = options;
        this.publicAddress = publicAddress;
        this.random = random;
    }

    int number() {
        return number;
    }

    /** What it does. */
    public NatOptions options() {
        return options;
    }

    /** The address that the Internet sees. */
    public int publicAddress() {
        return publicAddress;
    }

    /** How many mappings it holds. */
    public int mappings() {
        return byPort.size();
    }

    /** Takes a datagram on its way out: where it seems to come from then; empty when no port is free. */
    Optional<Endpoint> leave(Endpoint inside, Endpoint to, long nowMs) {
        forgetExpired(nowMs);
        NatMapping.Flow flow = new NatMapping.Flow(inside, options.kind().mapsByDestination() ? to : null);
        NatMapping mapping = leastRecentFirst.remove(flow);
        if (mapping == null) {
            if (byPort.size() == options.ports()) {
                return Optional.empty();
            }
            mapping = new NatMapping(flow, freePort(), options);
            byPort.put(mapping.port(), mapping);
        }
        leastRecentFirst.put(flow, mapping);
        mapping.sent(to, nowMs);
        return Optional.of(new Endpoint(publicAddress, mapping.port()));
    }

    /** Takes a datagram on its way in: which socket gets it; empty when it is turned away. */
    Optional<Endpoint> enter(Endpoint from, int port, long nowMs) {
        forgetExpired(nowMs);
        return Optional.ofNullable(byPort.get(port))
                .filter(mapping -> mapping.letsIn(from, nowMs))
                .map(mapping -> mapping.flow().inside());
    }

    /** Forgets all mappings, as a device does that has lost its power. */
    void reboot() {
        leastRecentFirst.clear();
        byPort.clear();
    }

    private int freePort() {
        int offset = random.nextInt(options.ports());
        while (byPort.containsKey(NatOptions.FIRST_PORT + offset)) {
            offset = (offset + 1) % options.ports();
        }
        return NatOptions.FIRST_PORT + offset;
    }

    private void forgetExpired(long nowMs) {
        Iterator<NatMapping> oldestFirst = leastRecentFirst.values().iterator();
        while (oldestFirst.hasNext()) {
            NatMapping mapping = oldestFirst.next();
            if (!mapping.isExpired(nowMs)) {
                return;
            }
            oldestFirst.remove();
            byPort.remove(mapping.port());
        }
    }

    @Override
    public String toString() {
        return "NAT " + number + " (" + options.kind() + ")";
    }
}
