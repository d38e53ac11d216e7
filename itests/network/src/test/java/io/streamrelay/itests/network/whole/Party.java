// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.whole;

import io.streamrelay.itests.network.field.BridgedBrokers;
import java.util.ArrayList;
import java.util.List;

/** Who is measured, in this order. */
enum Party {
    STREAMRELAY(
            "Streamrelay",
            "each node beside a Mosquitto (`max_queued_messages 0`, no persistence), with the options of `./gateway`") {
        @Override
        Contender contender() {
            return new GatewayContender(Launcher.javaOptions());
        }
    },
    STREAMRELAY_64_MB(
            "Streamrelay, 64 MB of heap",
            "`./gateway` without its broker's feature, container and all, beside such a Mosquitto, with `-Xmx64m`") {
        @Override
        Contender contender() {
            List<String> options = new ArrayList<>(Launcher.javaOptions());
            // The last of a kind counts. Who runs out of memory ends, and with it the run.
            options.addAll(List.of("-Xmx64m", "-XX:+ExitOnOutOfMemoryError"));
            return new LeanContender(options);
        }
    },
    STREAMRELAY_LAUNCHER("Streamrelay, `./gateway`", "as the launcher starts it, with its own broker in the process") {
        @Override
        Contender contender() {
            return new LauncherContender();
        }
    },
    MOSQUITTO("two bridged Mosquitto, defaults", BridgedBrokers.DEFAULTS.description()) {
        @Override
        Contender contender() {
            return new MosquittoContender(BridgedBrokers.DEFAULTS);
        }
    },
    MOSQUITTO_SAFEST("two bridged Mosquitto, safest", BridgedBrokers.SAFEST.description()) {
        @Override
        Contender contender() {
            return new MosquittoContender(BridgedBrokers.SAFEST);
        }
    },
    REFERENCE("reference", "two peers on Node, which has no broker: published in one, heard in the other") {
        @Override
        Contender contender() {
            return new ReferenceContender();
        }
    };

    private final String label;
    private final String settings;

    Party(String label, String settings) {
        this.label = label;
        this.settings = settings;
    }

    String label() {
        return label;
    }

    String settings() {
        return settings;
    }

    boolean isOurs() {
        return ordinal() <= STREAMRELAY_LAUNCHER.ordinal();
    }

    /** A new one, of which nothing runs yet. */
    abstract Contender contender();
}
