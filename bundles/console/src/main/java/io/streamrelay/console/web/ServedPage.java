// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.web;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.concurrent.TimeUnit;
import javax.servlet.Servlet;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** The page while the container serves it. */
record ServedPage(ServiceRegistration<Servlet> registration, Pages pages) implements AutoCloseable {

    /** Hands the page to the container's web server, or to the one that comes later. */
    static ServedPage by(BundleContext context, Login login, Pages pages) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("osgi.http.whiteboard.servlet.name", ConsolePage.PID);
        properties.put("osgi.http.whiteboard.servlet.pattern", new String[] {"/srp", "/srp/*"});
        properties.put("osgi.http.whiteboard.servlet.asyncSupported", true);
        Guard guard = new Guard(login, () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
        return new ServedPage(context.registerService(Servlet.class, new PageServlet(guard, pages), properties), pages);
    }

    @Override
    public void close() {
        // Streams first: a web server may wait for them.
        pages.close();
        registration.unregister();
    }
}
