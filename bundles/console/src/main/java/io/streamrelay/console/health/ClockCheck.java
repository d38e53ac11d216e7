// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.health;

import io.streamrelay.console.view.Check;
import io.streamrelay.console.view.GatewayView;
import org.apache.felix.hc.api.HealthCheck;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether the host's clock was ever set. */
@Component(
        service = HealthCheck.class,
        property = {
            HealthCheck.NAME + "=srp clock",
            HealthCheck.TAGS + "=" + FindingCheck.TAG,
            HealthCheck.TAGS + "=clock"
        })
public final class ClockCheck extends FindingCheck {

    @Activate
    public ClockCheck(@Reference GatewayView view) {
        super(view, Check.CLOCK);
    }
}
