// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** Answers other peers' questions. It is called on the thread of all listeners. */
@ConsumerType
@FunctionalInterface
public interface QueryHandler {

    /**
     * Answers a question within a second: after that, or without an answer, it is passed on to other peers.
     *
     * @return 1 to 1,024 bytes, JSON or not, but not the JSON value null; empty for no answer. Everybody on the way can
     *     read it
     */
    Optional<byte[]> answer(Question question);
}
