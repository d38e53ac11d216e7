// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.health;

import io.streamrelay.console.view.Check;
import io.streamrelay.console.view.GatewayView;
import org.apache.felix.hc.api.HealthCheck;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether the store can be written and has room. */
@Component(
        service = HealthCheck.class,
        property = {
            HealthCheck.NAME + "=srp store",
            HealthCheck.TAGS + "=" + FindingCheck.TAG,
            HealthCheck.TAGS + "=store"
        })
public final class StoreCheck extends FindingCheck {

    @Activate
    public StoreCheck(@Reference GatewayView view) {
        super(view, Check.STORE);
    }
}
