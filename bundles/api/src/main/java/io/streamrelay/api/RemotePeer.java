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

    /**
     * Sends an event to this peer only. The stage completes when it left, or fails with {@link RefusedException}.
     *
     * <p>A stream is as good as the link: it arrives once or not at all, nobody keeps it, and what is lost on the way
     * is not sent again. A payload of more than 864 bytes needs several packets, of which none may be lost. What has to
     * arrive is for {@link Subcluster#send} or {@link Subcluster#emit(String, byte[])}.
     */
    CompletionStage<Receipt> emit(String event, byte[] payload);

    /** As {@link #emit(String, byte[])}, with UTF-8 text. */
    default CompletionStage<Receipt> emit(String event, String text) {
        return emit(event, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Listens to events that this peer streams to this node. */
    Registration on(String event, java.util.function.Consumer<? super Received> listener);
}
