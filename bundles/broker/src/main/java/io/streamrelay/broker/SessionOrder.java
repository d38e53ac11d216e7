// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.broker;

import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.core.persistence.OperationContext;
import org.apache.activemq.artemis.core.persistence.StorageManager;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.MessageReference;
import org.apache.activemq.artemis.core.server.ServerConsumer;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerMessagePlugin;
import org.apache.activemq.artemis.core.transaction.Transaction;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Keeps the order of each publisher and towards each subscriber in Artemis, whose MQTT module loses it (ARTEMIS-6191).
 *
 * <p>What that module does once a write is on disk, it hands to the operation context of whatever pool thread it runs
 * on, and two threads' contexts overtake each other. Here each session's own context is put in place first: it keeps
 * what is handed to it in order.
 */
@Component(
        service = {},
        immediate = true)
public final class SessionOrder implements ActiveMQServerMessagePlugin {

    private final ActiveMQServer server;
    private final ThreadLocal<OperationContext> interrupted = new ThreadLocal<>();

    @Activate
    public SessionOrder(@Reference ActiveMQServer server) {
        this.server = server;
        server.registerBrokerPlugin(this);
    }

    @Override
    public void beforeSend(
            ServerSession session, Transaction tx, Message message, boolean direct, boolean noAutoCreateQueue) {
        server.getStorageManager().setContext(session.getSessionContext());
    }

    /** A delivery may run within the work on a publication: that goes on afterwards in its own context. */
    @Override
    public void beforeDeliver(ServerConsumer consumer, MessageReference reference) {
        ServerSession subscriber = server.getSessionByID(consumer.getSessionID());
        if (subscriber != null) {
            StorageManager storage = server.getStorageManager();
            interrupted.set(storage.getContext());
            storage.setContext(subscriber.getSessionContext());
        }
    }

    @Override
    public void afterDeliver(ServerConsumer consumer, MessageReference reference) {
        OperationContext before = interrupted.get();
        if (before != null) {
            interrupted.remove();
            server.getStorageManager().setContext(before);
        }
    }

    @Deactivate
    void deactivate() {
        server.unRegisterBrokerPlugin(this);
    }
}
