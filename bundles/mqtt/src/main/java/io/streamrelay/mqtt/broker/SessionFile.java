// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is known of one session, in a file: the session's names in the first line, then whatever it is, in lines. */
final class SessionFile {

    private final OwnerFiles files;
    private final String name;

    SessionFile(Path folder, String name) {
        this.files = new OwnerFiles(folder);
        this.name = name;
    }

    /** What was kept for that session last; empty when nothing was, or for another session. */
    Set<String> load(BrokerOptions session) throws IOException {
        if (!files.open().contains(name)) {
            return Set.of();
        }
        List<String> lines =
                new String(files.read(name), StandardCharsets.UTF_8).lines().toList();
        return lines.isEmpty() || !lines.get(0).equals(nameOf(session))
                ? Set.of()
                : new LinkedHashSet<>(lines.subList(1, lines.size()));
    }

    void keep(BrokerOptions session, Set<String> known) throws IOException {
        files.open();
        List<String> lines = new ArrayList<>(List.of(nameOf(session)));
        lines.addAll(known);
        String text = String.join("\n", lines) + "\n";
        files.write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String nameOf(BrokerOptions session) {
        return session.url() + " " + session.clientId();
    }
}
