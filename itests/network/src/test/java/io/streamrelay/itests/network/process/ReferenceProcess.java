// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.process;

import io.streamrelay.itests.interop.PeerProcess;
import io.streamrelay.itests.interop.ReferencePackage;
import io.streamrelay.itests.network.lab.Host;
import java.util.ArrayList;
import java.util.List;

/** Starts the unmodified reference on a host, as a process that obeys. */
public final class ReferenceProcess {

    private ReferenceProcess() {}

    /** One that is no peer of anybody yet. */
    public static PeerProcess start(Host host) {
        ProcessBuilder node = ReferencePackage.installed().node("peer.mjs");
        List<String> command = new ArrayList<>(host.entering());
        command.addAll(node.command());
        return new PeerProcess(node.command(command));
    }
}
