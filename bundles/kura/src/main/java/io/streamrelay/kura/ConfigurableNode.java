// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.kura;

import java.util.Map;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;

/** Shows Kura's console that the node is configured under its PID. */
@Component(
        name = ConfigurableNode.PID,
        configurationPid = ConfigurableNode.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true,
        service = ConfigurableComponent.class)
public final class ConfigurableNode implements ConfigurableComponent {

    static final String PID = "io.streamrelay.node";

    /** So that Kura keeps its service: what changes is another component's. */
    @Modified
    void modified(Map<String, Object> properties) {}
}
