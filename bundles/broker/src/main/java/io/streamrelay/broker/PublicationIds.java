// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.broker;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerMessagePlugin;
import org.apache.activemq.artemis.core.transaction.Transaction;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Gives each MQTT publication an id that stays with it over a restart, as a user property of MQTT 5.
 *
 * <p>After a crash Artemis sends what nobody has acknowledged once more, under other packet identifiers and without
 * saying that it repeats itself: by this id whoever got it before knows it for the same.
 */
@Component(
        service = {},
        immediate = true)
public final class PublicationIds implements ActiveMQServerMessagePlugin {

    /** The name of the user property; the bridge knows it, too. */
    static final String NAME = "streamrelay-publication";

    /** How Artemis keeps user properties with a message: how many there are, and each under its place and its name. */
    static final String COUNT = "mqtt.user.property.exists";

    static final String PREFIX = "mqtt.ordered.user.property.";

    private static final int LIFE_BYTES = 8;

    private final ActiveMQServer server;
    private final String life;
    private final AtomicLong last = new AtomicLong();

    @Activate
    public PublicationIds(@Reference ActiveMQServer server) {
        this.server = server;
        byte[] random = new byte[LIFE_BYTES];
        new SecureRandom().nextBytes(random);
        life = HexFormat.of().formatHex(random);
        server.registerBrokerPlugin(this);
    }

    @Override
    public void beforeSend(
            ServerSession session, Transaction tx, Message message, boolean direct, boolean noAutoCreateQueue) {
        // With the version behind it.
        boolean isMqtt = session.getRemotingConnection().getProtocolName().startsWith("MQTT");
        if (!isMqtt || message.isLargeMessage()) {
            return;
        }
        int count = message.containsProperty(COUNT) ? message.getIntProperty(COUNT) : 0;
        message.putStringProperty(PREFIX + count + "." + NAME, life + "-" + Long.toHexString(last.incrementAndGet()));
        message.putIntProperty(COUNT, count + 1);
    }

    @Deactivate
    void deactivate() {
        server.unRegisterBrokerPlugin(this);
    }
}
