// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import io.streamrelay.mqtt.broker.Arrival;
import io.streamrelay.mqtt.broker.Fingerprint;
import java.util.Optional;

/**
 * What two deliveries of one of the broker's messages have in common, also when a restart lies between them.
 *
 * @param text as it is remembered with the message
 */
record SendName(String text) {

    private static final String LEAST_ONCE = "1/";
    private static final String ONCE = "2/";
    private static final String MARKED = "3/";

    /** Null with QoS 0, which nobody repeats. */
    static SendName of(Arrival arrival, Fingerprint fingerprint) {
        if (arrival.message().qos() == 0) {
            return null;
        }
        Optional<String> id = arrival.message().retained() ? Optional.empty() : PublicationId.of(arrival.message());
        if (id.isPresent()) {
            return new SendName(MARKED + id.get() + "/" + fingerprint.hex());
        }
        return arrival.message().qos() == 1
                ? new SendName(LEAST_ONCE + arrival.packetId() + "/" + fingerprint.hex())
                : new SendName(ONCE + arrival.custody());
    }

    /** Whether it tells a message from all others, and not only from those that the broker has not had acknowledged. */
    boolean isUnique() {
        return !text.startsWith(LEAST_ONCE);
    }

    /** Its last part: the fingerprint of topic and payload, but with QoS 2, where it is the number in custody. */
    String content() {
        return text.substring(text.lastIndexOf('/') + 1);
    }

    /** Whether it is the broker's own id, by which the message is known however the broker sends it again. */
    boolean isMarked() {
        return text.startsWith(MARKED);
    }
}
