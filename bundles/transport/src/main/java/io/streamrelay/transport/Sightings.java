// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.transport;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.transport.Subnet;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who has been heard of on one local network. Everything said there may be a lie, and much of it: names and addresses
 * are bounded in number, and so is what is asked and told in a second. Thread-safe.
 */
final class Sightings {

    /** The nodes of one local network that are known at once. A guess: a /24. */
    static final int NODES_MAX = 256;

    /** Names that are looked up in one second. Our own choice. */
    static final int QUESTIONS_MAX = 4;

    /** Nodes that are told of in one second. Our own choice. */
    static final int NEWS_MAX = 8;

    /** How many quiet seconds until all is told again: whoever was not needed then may be wanted now. A guess. */
    static final int REPEAT_TICKS = 30;

    /** From here on ports belong to nobody in particular. */
    private static final int PORT_MIN = 1024;

    private final Subnet subnet;
    private final String own;
    private final Set<String> unasked = new LinkedHashSet<>();
    private final Map<String, Endpoint> nodes = new LinkedHashMap<>();
    private final Set<Endpoint> untold = new LinkedHashSet<>();
    private int quiet;

    /** @param own the name of the node that is not to be found */
    Sightings(Subnet subnet, String own) {
        this.subnet = subnet;
        this.own = own;
    }

    /** A name has been announced; where it is remains to be asked. */
    synchronized void named(String name) {
        if (!name.equals(own) && unasked.size() < NODES_MAX) {
            unasked.add(name);
        }
    }

    /** A name is said to be at an address. */
    synchronized void seen(String name, Endpoint endpoint) {
        boolean possible = subnet.contains(endpoint.address()) && endpoint.port() >= PORT_MIN;
        boolean hasRoom = nodes.containsKey(name) || nodes.size() < NODES_MAX;
        if (possible && hasRoom && !name.equals(own) && !endpoint.equals(nodes.put(name, endpoint))) {
            untold.add(endpoint);
            trim();
        }
    }

    private void trim() {
        if (untold.size() > NODES_MAX) {
            Iterator<Endpoint> oldest = untold.iterator();
            oldest.next();
            oldest.remove();
        }
    }

    synchronized void gone(String name) {
        unasked.remove(name);
        nodes.remove(name);
    }

    /** What to ask for in this second. */
    synchronized List<String> questions() {
        return take(unasked, QUESTIONS_MAX);
    }

    /** What to tell in this second: what is new, and what is known once again, round and round. */
    synchronized List<Endpoint> news() {
        if (untold.isEmpty() && ++quiet % REPEAT_TICKS == 0) {
            untold.addAll(nodes.values());
        }
        return take(untold, NEWS_MAX);
    }

    private static <T> List<T> take(Set<T> from, int max) {
        List<T> taken = new ArrayList<>();
        Iterator<T> each = from.iterator();
        while (taken.size() < max && each.hasNext()) {
            taken.add(each.next());
            each.remove();
        }
        return taken;
    }
}
