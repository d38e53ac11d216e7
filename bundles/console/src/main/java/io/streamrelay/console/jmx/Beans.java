// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.jmx;

import io.streamrelay.api.Registration;
import io.streamrelay.console.view.BridgeView;
import io.streamrelay.console.view.GatewayView;
import io.streamrelay.console.view.Snapshot;
import io.streamrelay.console.view.SubclusterView;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a bean for the node, each subcluster and each bridge, as they come and go. */
@Component(
        service = {},
        immediate = true)
public final class Beans {

    private static final Logger LOG = LoggerFactory.getLogger(Beans.class);

    private final MBeanServer server;
    private final Map<ObjectName, Shown<?>> beans = new HashMap<>();
    private final Registration watch;
    private boolean closed;

    @Activate
    public Beans(@Reference GatewayView view) {
        this(view, ManagementFactory.getPlatformMBeanServer());
    }

    Beans(GatewayView view, MBeanServer server) {
        this.server = server;
        watch = view.watch(this::follow);
    }

    /** Makes the beans those of a picture. */
    synchronized void follow(Snapshot snapshot) {
        if (closed) {
            return;
        }
        Set<ObjectName> present = new TreeSet<>();
        if (snapshot.node() != null) {
            String peer = snapshot.node().peerId();
            present.add(show(BeanNames.node(peer), snapshot, NodeBean::new));
            for (SubclusterView view : snapshot.subclusters()) {
                present.add(show(BeanNames.part("Subcluster", peer, view.name()), view, SubclusterBean::new));
            }
            for (BridgeView view : snapshot.bridges()) {
                present.add(show(BeanNames.part("Bridge", peer, view.name()), view, BridgeBean::new));
            }
        }
        Set<ObjectName> gone = new TreeSet<>(beans.keySet());
        gone.removeAll(present);
        gone.forEach(this::unregister);
    }

    private <T> ObjectName show(ObjectName name, T state, Function<T, Shown<T>> creator) {
        // A name stands for one kind of bean, which its creator makes.
        @SuppressWarnings("unchecked")
        Shown<T> known = (Shown<T>) beans.get(name);
        if (known == null) {
            register(name, creator.apply(state));
        } else {
            known.show(state);
        }
        return name;
    }

    private void register(ObjectName name, Shown<?> bean) {
        try {
            server.registerMBean(bean, name);
            beans.put(name, bean);
        } catch (JMException e) {
            LOG.debug("{} is not registered", name, e);
        }
    }

    private void unregister(ObjectName name) {
        beans.remove(name);
        try {
            server.unregisterMBean(name);
        } catch (JMException e) {
            LOG.debug("{} was not registered any more", name, e);
        }
    }

    @Deactivate
    synchronized void close() {
        closed = true;
        watch.close();
        Set.copyOf(beans.keySet()).forEach(this::unregister);
    }
}
