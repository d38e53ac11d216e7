// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.kura.cloud;

import java.util.Map;
import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;

/** Whether an endpoint is connected, and who is told when that changes. */
final class ConnectionState {

    /** The topics of Kura's events. */
    static final String ESTABLISHED = "org/eclipse/kura/cloud/CloudConnectionStatus/ESTABLISHED";

    static final String LOST = "org/eclipse/kura/cloud/CloudConnectionStatus/LOST";

    private final String pid;
    private final EventAdmin events;
    private final Listeners<CloudConnectionListener> listeners = new Listeners<>();
    private volatile boolean connected;

    ConnectionState(String pid, EventAdmin events) {
        this.pid = pid;
        this.events = events;
    }

    boolean isConnected() {
        return connected;
    }

    Listeners<CloudConnectionListener> listeners() {
        return listeners;
    }

    void is(boolean now) {
        if (now != connected) {
            connected = now;
            events.postEvent(new Event(now ? ESTABLISHED : LOST, Map.of("cloud.service.pid", pid)));
            listeners.tell(
                    now ? CloudConnectionListener::onConnectionEstablished : CloudConnectionListener::onConnectionLost);
        }
    }

    /** Somebody wants it so. */
    void disconnected() {
        if (connected) {
            connected = false;
            events.postEvent(new Event(LOST, Map.of("cloud.service.pid", pid)));
            listeners.tell(CloudConnectionListener::onDisconnected);
        }
    }
}
