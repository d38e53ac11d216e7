// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.transport;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.transport.LanListener;
import io.streamrelay.api.transport.LanNode;
import io.streamrelay.api.transport.Subnet;
import java.io.IOException;
import java.util.Map;
import javax.jmdns.JmDNS;
import javax.jmdns.ServiceEvent;
import javax.jmdns.ServiceInfo;
import javax.jmdns.ServiceListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Announces the node on one local network, and asks where those are that are announced there. */
final class LanInterface {

    private static final Logger LOG = LoggerFactory.getLogger(LanInterface.class);

    /** Our own; of the form that RFC 6763 §7 asks for. */
    private static final String TYPE = "_streamrelay._udp.local.";

    /** The TXT keys. */
    private static final String PEER = "peer";

    private static final String CLUSTER = "cluster";

    /** A label of DNS has at most 63 characters, one fewer than a peer id. */
    private static final int LABEL_CHARS = 32;

    /** JmDNS asks and goes on; what it is told comes to the listener. */
    private static final long NO_WAIT_MS = 1;

    private final JmDNS dns;
    private final Sightings sightings;

    private LanInterface(JmDNS dns, Sightings sightings) {
        this.dns = dns;
        this.sightings = sightings;
    }

    /** @throws IOException when the network does not let it */
    static LanInterface open(Subnet subnet, LanNode self) throws IOException {
        String name = self.peer().hex().substring(0, LABEL_CHARS);
        JmDNS dns = JmDNS.create(Ipv4.inetAddress(subnet.address()), "streamrelay-" + name);
        Sightings sightings = new Sightings(subnet, name);
        LanInterface made = new LanInterface(dns, sightings);
        try {
            Map<String, String> text =
                    Map.of(PEER, self.peer().hex(), CLUSTER, self.cluster().hex());
            dns.registerService(ServiceInfo.create(TYPE, name, self.port(), 0, 0, text));
            dns.addServiceListener(TYPE, new Listener(sightings));
            return made;
        } catch (IOException | RuntimeException e) {
            made.close();
            throw e;
        }
    }

    void tick(LanListener listener) {
        sightings.questions().forEach(name -> dns.requestServiceInfo(TYPE, name, NO_WAIT_MS));
        sightings.news().forEach(listener::found);
    }

    void close() {
        try {
            dns.close();
        } catch (IOException | RuntimeException e) {
            LOG.debug("Leaving a local network failed", e);
        }
    }

    /** Called on JmDNS's threads with whatever is heard. */
    private record Listener(Sightings sightings) implements ServiceListener {

        @Override
        public void serviceAdded(ServiceEvent event) {
            sightings.named(event.getName());
        }

        @Override
        public void serviceRemoved(ServiceEvent event) {
            sightings.gone(event.getName());
        }

        @Override
        public void serviceResolved(ServiceEvent event) {
            ServiceInfo info = event.getInfo();
            for (var address : info.getInet4Addresses()) {
                if (info.getPort() > 0) {
                    sightings.seen(event.getName(), new Endpoint(Ipv4.number(address), info.getPort()));
                }
            }
        }
    }
}
