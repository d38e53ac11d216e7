// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;

/** Which addresses this node sends to when somebody else names them (protocol-v6 D39). */
final class AddressPolicy {

    private AddressPolicy() {}

    /**
     * @param toldBy where the address was heard from: a loopback address is believed to somebody on loopback alone
     */
    static boolean mayContact(Endpoint named, Endpoint toldBy) {
        int first = named.address() >>> 24;
        boolean unicast = first != 0 && first < 224;
        return unicast && (first != 127 || toldBy.address() >>> 24 == 127);
    }
}
