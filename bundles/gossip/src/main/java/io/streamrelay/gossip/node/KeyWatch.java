// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the messages about keys out of those for applications, and has the node follow them. Thread-safe. */
final class KeyWatch {

    private static final Logger LOG = LoggerFactory.getLogger(KeyWatch.class);

    private final KeySuccession succession;
    private final Runnable onNews;

    /** @param onNews told, by whoever brings the message, when the present key of a subcluster is another one */
    KeyWatch(KeySuccession succession, Runnable onNews) {
        this.succession = succession;
        this.onNews = onNews;
    }

    /** Whether this is no message for applications. */
    static boolean isAboutKeys(Arrival arrival) {
        return !arrival.isRaw() && arrival.message().topic().equals(KeyMessage.TOPIC);
    }

    /** Follows these; false when one could not be written down, and is to come again. */
    boolean see(List<Arrival> arrivals) {
        boolean kept = true;
        for (Arrival arrival : arrivals) {
            Optional<KeyMessage> told = arrival.local() ? Optional.empty() : KeyMessage.of(arrival.message());
            if (told.isPresent()) {
                kept &= follow(told.get());
            }
        }
        return kept;
    }

    private boolean follow(KeyMessage told) {
        try {
            if (succession.put(told.former(), told.next(), told.overlap())) {
                onNews.run();
            }
            return true;
        } catch (IOException e) {
            LOG.error(
                    "the next key of subcluster {} cannot be kept, it is tried again at the next start: {}",
                    told.former(),
                    e.getMessage());
            return false;
        }
    }
}
