// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.kura.cloud;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.eclipse.kura.cloudconnection.listener.CloudDeliveryListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is told of one thing; one that fails does not keep it from the others. */
final class Listeners<L> {

    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private final List<L> all = new CopyOnWriteArrayList<>();

    void add(L listener) {
        all.add(listener);
    }

    void remove(L listener) {
        all.remove(listener);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    void tell(Consumer<L> what) {
        for (L each : all) {
            try {
                what.accept(each);
            } catch (RuntimeException e) {
                LOG.error("a listener of Kura's failed", e);
            }
        }
    }

    /** Passes on what an endpoint tells of its connection. */
    static CloudConnectionListener passingOn(Listeners<CloudConnectionListener> listeners) {
        return new CloudConnectionListener() {
            @Override
            public void onDisconnected() {
                listeners.tell(CloudConnectionListener::onDisconnected);
            }

            @Override
            public void onConnectionLost() {
                listeners.tell(CloudConnectionListener::onConnectionLost);
            }

            @Override
            public void onConnectionEstablished() {
                listeners.tell(CloudConnectionListener::onConnectionEstablished);
            }
        };
    }

    /** Passes on what an endpoint confirms. */
    static CloudDeliveryListener confirming(Listeners<CloudDeliveryListener> listeners) {
        return id -> listeners.tell(each -> each.onMessageConfirmed(id));
    }
}
