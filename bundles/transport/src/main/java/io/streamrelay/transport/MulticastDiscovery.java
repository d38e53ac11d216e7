// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.transport;

import io.streamrelay.api.Registration;
import io.streamrelay.api.transport.LanDiscovery;
import io.streamrelay.api.transport.LanListener;
import io.streamrelay.api.transport.LanNode;
import java.net.NetworkInterface;
import java.util.function.Predicate;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Discovery by multicast DNS (RFC 6762 and 6763); a service, or made by its constructor in plain Java. */
@Component(service = LanDiscovery.class)
public final class MulticastDiscovery implements LanDiscovery {

    private final Predicate<NetworkInterface> interfaces;

    @Activate
    public MulticastDiscovery() {
        this(LocalSubnets::isLan);
    }

    MulticastDiscovery(Predicate<NetworkInterface> interfaces) {
        this.interfaces = interfaces;
    }

    @Override
    public Registration start(LanNode self, LanListener listener) {
        LanSession session = new LanSession(self, new LocalSubnets(self.address(), interfaces), listener);
        session.start();
        return session;
    }
}
