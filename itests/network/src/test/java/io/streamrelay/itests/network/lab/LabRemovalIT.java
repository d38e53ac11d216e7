// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Whatever happens, this machine is as it was. */
@NeedsLab
@Isolated("a lab that another test opens sweeps away what a dead one has left")
class LabRemovalIT {

    private static Process longProcess(List<String> entering) throws IOException {
        List<String> command = new ArrayList<>(entering);
        command.addAll(List.of("sh", "-c", "echo inside; exec sleep 600"));
        Process process = new ProcessBuilder(command).start();
        // Before it has entered, nothing would tell that it belongs to the lab.
        String said = process.inputReader().readLine();
        return "inside".equals(said) ? process : null;
    }

    /** Null when the namespace has gone. */
    private static Process entered(Namespace namespace) throws IOException {
        return longProcess(namespace.entering());
    }

    @Test
    void closedLabLeavesNeitherNamespacesNorProcesses() throws Exception {
        Lab lab = Lab.open("removal");
        Host host = lab.nat("router", NatKind.SYMMETRIC, "203.0.113.1", new LinkQuality(1, 1, 1))
                .host("host");
        host.doorTo(1883);
        Process process = longProcess(host.entering());
        assertNotNull(process, "the host cannot be entered");
        List<String> names = lab.namespaceNames();
        assertTrue(Namespace.names().containsAll(names));

        lab.close();

        assertTrue(process.waitFor(10, TimeUnit.SECONDS));
        List<String> left = Namespace.names();
        assertFalse(names.stream().anyMatch(left::contains));
    }

    @Test
    void labOfAKilledProcessIsSweptAwayWhenTheNextOneIsOpened() throws Exception {
        Process maker = new ProcessBuilder("true").start();
        maker.waitFor();
        LabName dead = new LabName(maker.pid(), 0, "dead");
        Namespace leftover = Namespace.create(dead.of("host"));
        Process process = entered(leftover);
        assertNotNull(process, "the namespace cannot be entered");

        Lab.open("next").close();

        assertTrue(process.waitFor(10, TimeUnit.SECONDS));
        assertFalse(Namespace.names().contains(leftover.name()));
    }

    @Test
    void labOfALivingProcessIsLeftAlone() {
        try (Lab living = Lab.open("living")) {
            Lab.open("neighbour").close();
            assertTrue(Namespace.names().containsAll(living.namespaceNames()));
        }
    }

    @Test
    void namesTellWhoMadeThem() {
        LabName name = LabName.ofThisJvm("a-lab");
        assertEquals(
                "srlab-" + ProcessHandle.current().pid() + "-" + name.startedSeconds() + "-a-lab-host",
                name.of("host"));
        assertTrue(LabName.parse(name.of("host")).orElseThrow().isAlive());
        assertTrue(LabName.parse("docker0").isEmpty());
    }
}
