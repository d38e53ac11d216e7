// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamrelay.api.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A custody on disk that can be started anew, and what it hands over and keeps. */
abstract class CustodyRig {

    @TempDir
    Path parent;

    Path folder;
    GroupCommit commits;
    Custody custody;

    @BeforeEach
    void open() throws IOException {
        folder = parent.resolve("mqtt/bridge-test");
        commits = newCommits();
        custody = newCustody(Custody.MAX, Long.MAX_VALUE);
    }

    @AfterEach
    void close() {
        commits.close();
    }

    GroupCommit newCommits() {
        return new GroupCommit(new SessionDatabase(folder.resolve("exchanges.db")));
    }

    Custody newCustody(int max, long bytesMax) throws IOException {
        Custody next = new Custody(commits, folder.resolve("received"), max, bytesMax);
        next.load();
        return next;
    }

    Custody restarted() throws IOException {
        commits.close();
        commits = newCommits();
        return newCustody(Custody.MAX, Long.MAX_VALUE);
    }

    static Message message(String text) {
        return new Message("t", text.getBytes(UTF_8), 2, false, null, List.of());
    }

    static List<Arrival> handedOver(Custody custody) throws IOException {
        List<Arrival> arrivals = new ArrayList<>();
        custody.await();
        custody.handOver(arrivals::add);
        return arrivals;
    }

    static List<String> texts(List<Arrival> arrivals) {
        return arrivals.stream()
                .map(arrival -> new String(arrival.message().payload(), UTF_8))
                .toList();
    }

    /** What is on disk, safe or not. */
    List<CustodyTable.Entry> kept() throws IOException {
        commits.await(commits.write(connection -> {}));
        GroupCommit others = newCommits();
        try {
            return new CustodyTable(others, folder.resolve("received")).load();
        } finally {
            others.close();
        }
    }
}
