// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import io.streamrelay.mqtt.broker.BrokerException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.SocketFactory;
import org.slf4j.LoggerFactory;

/** Links by the Eclipse Paho clients. */
public final class PahoLinks implements BrokerLinks {

    /** Paho writes a stack trace for each connection that breaks, which the bridge says in one line. */
    private static final Logger PAHO = Logger.getLogger("org.eclipse.paho.mqttv5.client.internal");

    static {
        PAHO.setLevel(Level.OFF);
    }

    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(PahoLinks.class);

    private final GroupCommit commits;
    private final Custody custody;
    private final SessionFile subscribed;
    private final SessionFile undisputed;
    private final Map<MqttVersion, Dispatches> dispatches = new EnumMap<>(MqttVersion.class);

    /** @param folder where messages of QoS 2 are kept that are on their way, and what is subscribed; these links' own */
    public PahoLinks(Path folder) {
        this(folder, Custody.MAX);
    }

    PahoLinks(Path folder, int custodyMax) {
        commits = new GroupCommit(new SessionDatabase(folder.resolve("exchanges.db")));
        custody = new Custody(commits, folder.resolve("received"), custodyMax);
        subscribed = new SessionFile(folder.resolve("subscribed"), "filters");
        undisputed = new SessionFile(folder.resolve("undisputed"), "since");
        for (MqttVersion version : MqttVersion.values()) {
            // The packets of one version are not those of the other.
            Path earlier = folder.resolve("sent-" + version.label());
            dispatches.put(version, new Dispatches(new DispatchTable(commits, version, earlier)));
        }
    }

    @Override
    public BrokerLink open(BrokerOptions options, MqttVersion version, BrokerEvents events) throws BrokerException {
        try {
            custody.load();
            dispatches.get(version).load();
        } catch (IOException e) {
            throw new BrokerException(Kind.UNREACHABLE, "messages of QoS 2 cannot be kept: " + e, e);
        }
        return version == MqttVersion.FIVE
                ? new PahoFiveLink(options, commits, custody, dispatches.get(version), events)
                : new PahoThreeLink(options, commits, custody, dispatches.get(version), events);
    }

    @Override
    public Set<String> subscribed(BrokerOptions session) {
        try {
            return subscribed.load(session);
        } catch (IOException e) {
            LOG.warn("What an earlier process has subscribed at {} is not known: {}", session.url(), e.toString());
            return Set.of();
        }
    }

    @Override
    public void keepSubscribed(BrokerOptions session, Set<String> filters) throws IOException {
        subscribed.keep(session, filters);
    }

    @Override
    public Set<String> undisputed(BrokerOptions session) {
        try {
            return undisputed.load(session);
        } catch (IOException e) {
            LOG.warn("Who else was at {} is not known: {}", session.url(), e.toString());
            return Set.of();
        }
    }

    @Override
    public void keepUndisputed(BrokerOptions session, Set<String> names) throws IOException {
        undisputed.keep(session, names);
    }

    @Override
    public void userHasGone() {
        custody.takeAllBack();
    }

    @Override
    public void close() {
        commits.close();
    }

    /**
     * The sockets that the URL asks for.
     *
     * @param repeated is told what comes again, but not over TLS or WebSockets
     */
    static SocketFactory sockets(BrokerOptions options, RepeatedPublications repeated) throws BrokerException {
        boolean secure = options.url().startsWith("ssl:") || options.url().startsWith("wss:");
        if (secure) {
            return new PromptTlsSockets(TlsSockets.trusting(options.tls()));
        }
        return new PromptSockets(options.url().startsWith("tcp:") ? repeated : new RepeatedPublications());
    }
}
