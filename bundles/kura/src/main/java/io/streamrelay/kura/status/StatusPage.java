// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.kura.status;

import io.streamrelay.api.StreamRelay;
import io.streamrelay.api.config.ConfigurationException;
import io.streamrelay.api.config.SecretKeeper;
import io.streamrelay.api.config.Secrets;
import io.streamrelay.api.config.Settings;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.servlet.Servlet;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the gateway's web server serve the status page while it is enabled and somebody can be let in. */
@Component(
        name = StatusPage.PID,
        configurationPid = StatusPage.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true,
        service = ConfigurableComponent.class)
@Designate(ocd = StatusConfiguration.class)
public final class StatusPage implements ConfigurableComponent {

    static final String PID = "io.streamrelay.kura.StatusPage";

    private static final Logger LOG = LoggerFactory.getLogger(StatusPage.class);
    private static final String PATTERN = "/streamrelay/*";
    private static final String PASSWORD = "password";

    private final AtomicReference<StreamRelay> relay = new AtomicReference<>();
    private SecretKeeper keeper;
    private BundleContext context;
    private Settings current;
    private ServiceRegistration<Servlet> served;

    @Reference
    void setKeeper(SecretKeeper service) {
        keeper = service;
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC, unbind = "unsetRelay")
    void setRelay(StreamRelay service) {
        relay.set(service);
    }

    void unsetRelay(StreamRelay service) {
        relay.compareAndSet(service, null);
    }

    @Activate
    void activate(BundleContext bundleContext, Map<String, Object> properties) {
        context = bundleContext;
        modified(properties);
    }

    /** Serves the page as other settings say; nothing while they are refused, for the old ones let others in. */
    @Modified
    void modified(Map<String, Object> properties) {
        // Kura enciphers a password anew each time: only in plain it can be compared.
        Settings settings = new Settings(properties).reveal(keeper, PASSWORD);
        if (settings.equals(current)) {
            return;
        }
        current = settings;
        withdraw();
        try {
            if (settings.flag("enabled", false)) {
                serve(login(settings));
            }
        } catch (ConfigurationException e) {
            LOG.error("there is no status page, for its configuration is refused: {}", e.getMessage());
        }
    }

    private static Login login(Settings settings) {
        return new Login(
                settings.text("username", "streamrelay"), Secrets.reveal(PASSWORD, settings.text(PASSWORD, "")));
    }

    private void serve(Login login) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("osgi.http.whiteboard.servlet.name", PID);
        properties.put("osgi.http.whiteboard.servlet.pattern", PATTERN);
        properties.put("osgi.http.whiteboard.servlet.asyncSupported", false);
        Guard guard = new Guard(login, () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
        NodePage page = new NodePage(context.getBundle().getVersion().toString());
        served = context.registerService(Servlet.class, new StatusServlet(guard, page, relay::get), properties);
    }

    @Deactivate
    void withdraw() {
        if (served != null) {
            served.unregister();
            served = null;
        }
    }
}
