// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.NatType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** A NAT of a {@link TestMesh}: a mapping lasts, a permission to come in does not. */
final class TestNat {

    /** Whom a NAT lets in to a port that it has mapped. */
    enum Filter {
        NOBODY_IS_FILTERED,
        ADDRESSES_SENT_TO,
        ENDPOINTS_SENT_TO
    }

    /** RFC 4787's least, REQ-5. */
    private static final long PERMITTED_MS = 120_000;

    private record Key(Endpoint inside, Endpoint destination) {}

    private final int number;
    private final boolean mapsByDestination;
    private final Filter filter;
    private final Map<Key, Endpoint> outsides = new LinkedHashMap<>();
    private final Map<Endpoint, Endpoint> insides = new LinkedHashMap<>();
    private final Map<Endpoint, Map<Endpoint, Long>> sentToMs = new LinkedHashMap<>();
    private int outsideAddress;
    private int nextPort = 40_000;
    private Random ports;

    private TestNat(int number, boolean mapsByDestination, Filter filter) {
        this.number = number;
        this.mapsByDestination = mapsByDestination;
        this.filter = filter;
        this.outsideAddress = Endpoint.parseAddress("30.0." + number + ".1");
    }

    static TestNat cone(int number, Filter filter) {
        return new TestNat(number, false, filter);
    }

    static TestNat symmetric(int number) {
        return new TestNat(number, true, Filter.ENDPOINTS_SENT_TO);
    }

    /** The NAT that is called so; unrestricted is none. Its ports are drawn by lot. */
    static TestNat of(NatType type, int number, long seed) {
        TestNat nat =
                switch (type) {
                    case UNKNOWN, UNRESTRICTED -> null;
                    case ADDRESS_RESTRICTED -> cone(number, Filter.ADDRESSES_SENT_TO);
                    case PORT_RESTRICTED -> cone(number, Filter.ENDPOINTS_SENT_TO);
                    case ENDPOINT_RESTRICTED -> symmetric(number);
                };
        if (nat != null) {
            nat.ports = new Random(1_000 * seed + number);
        }
        return nat;
    }

    String insideNet() {
        return "192.168." + number + ".";
    }

    boolean isInside(Endpoint endpoint) {
        return endpoint.host().startsWith(insideNet());
    }

    boolean isOutside(Endpoint endpoint) {
        return endpoint.address() >>> 8 == outsideAddress >>> 8;
    }

    /** From now on it has this address, and no mapping of before. */
    void renumber(String address) {
        outsideAddress = Endpoint.parseAddress(address);
        forget();
    }

    /** It has restarted. */
    void forget() {
        outsides.clear();
        insides.clear();
        sentToMs.clear();
    }

    /** Where a datagram seems to come from. */
    Endpoint leaving(Endpoint from, Endpoint to, long nowMs) {
        Endpoint outside = outsides.computeIfAbsent(
                new Key(from, mapsByDestination ? to : null), key -> new Endpoint(outsideAddress, newPort()));
        insides.put(outside, from);
        sentToMs.computeIfAbsent(outside, mapped -> new LinkedHashMap<>()).put(to, nowMs);
        return outside;
    }

    private int newPort() {
        int port = ports == null ? nextPort++ : ports.nextInt(1024, 65_536);
        return insides.containsKey(new Endpoint(outsideAddress, port)) ? newPort() : port;
    }

    /** Where a datagram gets to, or null. */
    Endpoint entering(Endpoint to, Endpoint from, long nowMs) {
        boolean passes = filter == Filter.NOBODY_IS_FILTERED
                || sentToMs.getOrDefault(to, Map.of()).entrySet().stream()
                        .filter(sent -> nowMs - sent.getValue() < PERMITTED_MS)
                        .anyMatch(sent -> permits(sent.getKey(), from));
        return passes ? insides.get(to) : null;
    }

    private boolean permits(Endpoint sentTo, Endpoint from) {
        return filter == Filter.ADDRESSES_SENT_TO ? sentTo.address() == from.address() : sentTo.equals(from);
    }
}
