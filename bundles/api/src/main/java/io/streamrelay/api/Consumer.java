// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api;

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

    /** As {@link Subcluster#emit(String, byte[])}. */
    CompletionStage<Receipt> emit(String event, byte[] payload);
}
