// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.transport.SocketId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Who lives where. A node has a public address of its own until it is put behind a NAT device; then it has a private
 * one, and the device's public address is all that others see of it.
 */
final class Topology {

    private static final int PUBLIC_ADDRESSES = Endpoint.parseAddress("20.0.0.1");
    private static final int DEVICE_ADDRESSES = Endpoint.parseAddress("30.0.0.1");
    private static final int PRIVATE_ADDRESSES = Endpoint.parseAddress("10.0.0.1");
    private static final int NETWORK_SIZE = 256;
    private static final int MAIN_PORT = 19777;

    /** What is behind one device; {@code places} counts the addresses that were given out. */
    private static final class Network {
        private final NatDevice device;
        private final int site;
        private int places;

        Network(NatDevice device, int site) {
            this.device = device;
            this.site = site;
        }

        NatDevice device() {
            return device;
        }

        int site() {
            return site;
        }

        int nextAddress() {
            if (places == NETWORK_SIZE) {
                throw new IllegalStateException(device + " has given out all its addresses");
            }
            return PRIVATE_ADDRESSES + device.number() * NETWORK_SIZE + places++;
        }
    }

    private final Chance chance;
    private final int[] addresses;
    private int publicAddresses;
    private final Map<Integer, Integer> sites = new HashMap<>();
    /** By {@link #insideKey}. */
    private final Map<Integer, Network> byInside = new HashMap<>();

    private final Map<Integer, Network> byOutside = new HashMap<>();

    Topology(int nodes, Chance chance) {
        this.chance = chance;
        addresses = new int[nodes];
        for (int node = 0; node < nodes; node++) {
            takePublicAddress(node);
        }
    }

    /** Where a node's socket is, in its own network. */
    Endpoint endpoint(int node, SocketId socket) {
        return new Endpoint(addresses[node], MAIN_PORT + socket.number());
    }

    /** Puts nodes behind a new device; from now on these are their only addresses. */
    NatDevice nat(NatOptions options, int... nodes) {
        int number = byOutside.size();
        NatDevice device = new NatDevice(number, options, DEVICE_ADDRESSES + number, chance.of("nat " + number));
        Network network = new Network(device, Arrays.stream(nodes).min().orElseThrow());
        byOutside.put(device.publicAddress(), network);
        for (int node : nodes) {
            leaveAddress(node);
            addresses[node] = network.nextAddress();
            byInside.put(insideKey(addresses[node]), network);
        }
        return device;
    }

    /** Gives a node that is down another address, in the network in which it is. */
    void renumber(int node) {
        Network network = byInside.get(insideKey(addresses[node]));
        leaveAddress(node);
        if (network == null) {
            takePublicAddress(node);
        } else {
            addresses[node] = network.nextAddress();
            byInside.put(insideKey(addresses[node]), network);
        }
    }

    private void takePublicAddress(int node) {
        addresses[node] = PUBLIC_ADDRESSES + publicAddresses++;
        sites.put(addresses[node], node);
    }

    private void leaveAddress(int node) {
        byInside.remove(insideKey(addresses[node]));
        sites.remove(addresses[node]);
    }

    /** Networks lie {@link #NETWORK_SIZE} addresses apart: as they are, they would share a few slots of a hash table. */
    private static int insideKey(int address) {
        return Integer.rotateRight(address, Byte.SIZE);
    }

    /** The device that a socket is behind; empty for public ones. */
    Optional<NatDevice> before(Endpoint inside) {
        return Optional.ofNullable(byInside.get(insideKey(inside.address()))).map(Network::device);
    }

    /** The device that has this public address. */
    Optional<NatDevice> at(Endpoint outside) {
        return Optional.ofNullable(byOutside.get(outside.address())).map(Network::device);
    }

    /** Whether a datagram sent there can be on a wire at all: a private address means nothing in another network. */
    boolean hasRoute(Endpoint from, Endpoint to) {
        return site(to).isPresent()
                && (!byInside.containsKey(insideKey(to.address())) || before(to).equals(before(from)));
    }

    /** Where on Earth an address is: equal for all of a network; empty when nobody has it. */
    OptionalInt site(Endpoint of) {
        Network network = byInside.getOrDefault(insideKey(of.address()), byOutside.get(of.address()));
        Integer site = network == null ? sites.get(of.address()) : Integer.valueOf(network.site());
        return site == null ? OptionalInt.empty() : OptionalInt.of(site);
    }
}
