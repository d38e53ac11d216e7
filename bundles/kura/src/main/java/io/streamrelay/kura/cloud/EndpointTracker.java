// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.kura.cloud;

import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.kura.cloudconnection.CloudEndpoint;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/** Finds the endpoint that a publisher or subscriber belongs to, whenever it comes and goes. */
final class EndpointTracker {

    /** Set by Kura's console. */
    private static final String ENDPOINT_PID = "cloud.endpoint.service.pid";

    private final BundleContext context;
    private final Consumer<MeshEndpoint> found;
    private final Consumer<MeshEndpoint> lost;
    private String pid;
    private ServiceTracker<CloudEndpoint, MeshEndpoint> tracker;

    EndpointTracker(BundleContext context, Consumer<MeshEndpoint> found, Consumer<MeshEndpoint> lost) {
        this.context = context;
        this.found = found;
        this.lost = lost;
    }

    /** Follows the endpoint that the properties name. */
    void follow(Map<String, Object> properties) {
        String named = properties.get(ENDPOINT_PID) instanceof String text ? text : "";
        if (named.equals(pid)) {
            return;
        }
        close();
        pid = named;
        try {
            tracker =
                    new ServiceTracker<>(
                            context,
                            FrameworkUtil.createFilter("(&(objectClass=" + CloudEndpoint.class.getName() + ")("
                                    + MeshEndpoint.KURA_PID + "=" + escaped(named) + "))"),
                            null) {
                        @Override
                        public MeshEndpoint addingService(ServiceReference<CloudEndpoint> reference) {
                            if (context.getService(reference) instanceof MeshEndpoint endpoint) {
                                found.accept(endpoint);
                                return endpoint;
                            }
                            context.ungetService(reference);
                            return null;
                        }

                        @Override
                        public void removedService(ServiceReference<CloudEndpoint> reference, MeshEndpoint endpoint) {
                            lost.accept(endpoint);
                            context.ungetService(reference);
                        }
                    };
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(ENDPOINT_PID + ": '" + named + "' is no PID", e);
        }
        tracker.open();
    }

    private static String escaped(String value) {
        return value.replaceAll("([\\\\*()])", "\\\\$1");
    }

    void close() {
        if (tracker != null) {
            tracker.close();
            tracker = null;
        }
    }
}
