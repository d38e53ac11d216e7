// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.Id;
import io.streamrelay.api.Receipt;
import io.streamrelay.api.Received;
import io.streamrelay.api.Registration;
import io.streamrelay.api.RemotePeer;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Another member, as the end of a stream. */
record MeshPeer(Id id, MeshSubcluster subcluster) implements RemotePeer {

    @Override
    public CompletionStage<Receipt> emit(String event, byte[] payload) {
        return subcluster.stream(id, event, payload);
    }

    @Override
    public Registration on(String event, Consumer<? super Received> listener) {
        return subcluster.onStream(id, event, listener);
    }

    @Override
    public String toString() {
        return "RemotePeer[" + id + "]";
    }
}
