// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A named consumer of a subcluster. What it has not acknowledged waits for it in the node, also while it is closed,
 * and is handed over when a consumer of that name comes back. What it emits itself is not handed back to it.
 */
@ProviderType
public interface Consumer extends Registration {

    String name();

    /** Changes what it wants from here on; what already waits stays. */
    void interest(Interest interest);

    /** As {@link Subcluster#send}. */
    CompletionStage<Receipt> send(Message message);

    /**
     * The same, and remembers a name with the message, in one commit: after a restart {@link #sent} tells whether the message
     * was sent before. It is sent whether or not there was one of that name.
     *
     * @param name 1 to 64 characters
     */
    CompletionStage<Receipt> send(Message message, String name);

    /** As {@link Subcluster#emit(String, byte[])}. */
    CompletionStage<Receipt> emit(String event, byte[] payload);

    /** The same, and remembers a name with the message, as {@link #send(Message, String)} does. */
    CompletionStage<Receipt> emit(String event, byte[] payload, String name);

    /**
     * The names of the messages that a consumer of this name has sent last, also before a restart, in the order of their
     * commits: at least 1,024, when as many were sent.
     */
    List<String> sent();
}
