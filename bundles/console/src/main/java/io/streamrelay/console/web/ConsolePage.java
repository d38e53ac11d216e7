// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.web;

import io.streamrelay.api.config.ConfigurationException;
import io.streamrelay.api.config.SecretKeeper;
import io.streamrelay.api.config.Settings;
import io.streamrelay.console.view.GatewayView;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the container's web server serve the page at {@code /srp}, also without any configuration. */
@Component(
        name = ConsolePage.PID,
        configurationPid = ConsolePage.PID,
        configurationPolicy = ConfigurationPolicy.OPTIONAL,
        immediate = true,
        service = {})
@Designate(ocd = PageOptions.class)
public final class ConsolePage {

    /** Of its configuration. */
    public static final String PID = "io.streamrelay.console";

    private static final Logger LOG = LoggerFactory.getLogger(ConsolePage.class);

    private final Gateway gateway;
    private final BundleContext context;
    private final SecretKeeper keeper;
    private final Collection<PageResource> resources = new CopyOnWriteArrayList<>();
    private Settings current;
    private ServedPage served;

    /** @param keeper null where secrets are not enciphered, or not yet revealed */
    @Activate
    public ConsolePage(
            @Reference GatewayView view,
            BundleContext context,
            Map<String, Object> properties,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    SecretKeeper keeper) {
        this(Gateway.of(view), context, keeper);
        modified(properties);
    }

    /** One that waits for its settings. */
    ConsolePage(Gateway gateway, BundleContext context, SecretKeeper keeper) {
        this.gateway = gateway;
        this.context = context;
        this.keeper = keeper;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, unbind = "removeResource")
    void addResource(PageResource resource) {
        resources.add(resource);
    }

    void removeResource(PageResource resource) {
        resources.remove(resource);
    }

    /** Takes other settings over, or refuses them and goes on as before. Returns at once. */
    @Modified
    void modified(Map<String, Object> properties) {
        Settings settings = new Settings(properties);
        if (waitsForKeeper(settings)) {
            // What it cannot read is no password. It begins again when a keeper comes.
            LOG.info("the web page waits for the service that reveals secrets");
            return;
        }
        Settings revealed = settings.reveal(keeper, PageSettings.PASSWORD);
        if (revealed.equals(current)) {
            return;
        }
        current = revealed;
        try {
            serve(PageSettings.of(revealed));
        } catch (ConfigurationException e) {
            LOG.error("the web page stays as it was, for its configuration is refused: {}", e.getMessage());
        }
    }

    private boolean waitsForKeeper(Settings settings) {
        return keeper == null
                && settings.text(PageSettings.PASSWORD, null) != null
                && context.getProperty(SecretKeeper.CONTAINER_PROPERTY) != null;
    }

    private void serve(PageSettings settings) {
        withdraw();
        if (settings.enabled()) {
            served = ServedPage.by(context, settings.login(), new Pages(gateway, () -> resources));
        }
    }

    @Deactivate
    void withdraw() {
        if (served != null) {
            served.close();
            served = null;
        }
    }
}
