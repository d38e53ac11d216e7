// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** Another member of a subcluster, for streams: messages between this node and that peer alone. */
@ProviderType
public interface RemotePeer {

    Id id();

    /** Sends an event to this peer only. The stage completes when it left, or fails with {@link RefusedException}. */
    CompletionStage<Receipt> emit(String event, byte[] payload);

    /** As {@link #emit(String, byte[])}, with UTF-8 text. */
    default CompletionStage<Receipt> emit(String event, String text) {
        return emit(event, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Listens to events that this peer streams to this node. */
    Registration on(String event, java.util.function.Consumer<? super Received> listener);
}
