// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.join;

import io.streamrelay.api.Invitation;
import java.io.IOException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Joins with the invitation that the gateway was started with, once there is a node. */
@Component(
        service = {},
        immediate = true)
public final class JoinAtStart {

    /** The environment variable with the invitation's text: others on the host do not see it, as they do an argument. */
    static final String VARIABLE = "STREAMRELAY_JOIN";

    private static final Logger LOG = LoggerFactory.getLogger(JoinAtStart.class);

    @Activate
    public JoinAtStart(@Reference Joining joining) {
        this(joining, System.getenv(VARIABLE));
    }

    /** @param text the invitation, or null when there is none */
    JoinAtStart(Joining joining, String text) {
        if (text != null && !text.isBlank()) {
            // A change of the node's configuration may end this very component: it must not wait for its own start.
            Thread thread = new Thread(() -> join(joining, text), "srp-join");
            thread.setDaemon(true);
            thread.start();
        }
    }

    static void join(Joining joining, String text) {
        try {
            Invitation invitation = Invitation.parse(text);
            joining.join(invitation, JoinOptions.CAREFUL);
            LOG.info("joined subcluster {}", invitation.subcluster());
        } catch (IOException | RuntimeException e) {
            LOG.error("streamrelay cannot start: --join: {}", e.getMessage());
        }
    }
}
