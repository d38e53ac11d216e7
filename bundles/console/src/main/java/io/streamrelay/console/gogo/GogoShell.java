// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.gogo;

import io.streamrelay.console.command.Operations;
import io.streamrelay.console.command.Reports;
import java.util.Dictionary;
import java.util.Hashtable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Offers the commands where no Karaf does. A shell finds them by their properties; nothing here needs one. */
@Component(
        service = {},
        immediate = true)
public final class GogoShell {

    private static final String SCOPE = "srp";

    private final ServiceRegistration<GogoCommands> registration;

    @Activate
    public GogoShell(BundleContext context, @Reference Reports reports, @Reference Operations operations) {
        registration = context.getProperty("karaf.home") == null
                ? context.registerService(GogoCommands.class, new GogoCommands(reports, operations), properties())
                : null;
    }

    private static Dictionary<String, Object> properties() {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("osgi.command.scope", SCOPE);
        properties.put("osgi.command.function", GogoCommands.names());
        return properties;
    }

    @Deactivate
    void deactivate() {
        if (registration != null) {
            registration.unregister();
        }
    }
}
