// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.health;

import io.streamrelay.console.view.Check;
import io.streamrelay.console.view.GatewayView;
import org.apache.felix.hc.api.HealthCheck;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether another gateway is in reach. */
@Component(
        service = HealthCheck.class,
        property = {
            HealthCheck.NAME + "=srp peers",
            HealthCheck.TAGS + "=" + FindingCheck.TAG,
            HealthCheck.TAGS + "=peers"
        })
public final class PeersCheck extends FindingCheck {

    @Activate
    public PeersCheck(@Reference GatewayView view) {
        super(view, Check.PEERS);
    }
}
