// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A folder in which an earlier version kept a file for each exchange of QoS 2: they go into the {@link SessionDatabase}. */
record EarlierFiles(Path folder) {

    private static final Logger LOG = LoggerFactory.getLogger(EarlierFiles.class);

    /** Makes a row of a file. */
    interface Reader {
        GroupCommit.Change read(String name, DataInputStream content) throws IOException;
    }

    /** Moves what is there, and sets aside what cannot be read; does nothing when the folder is empty or missing. */
    void moveTo(SessionDatabase database, Reader reader) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        OwnerFiles files = new OwnerFiles(folder);
        List<String> read = new ArrayList<>();
        List<GroupCommit.Change> changes = new ArrayList<>();
        for (String name : files.open()) {
            byte[] content = files.read(name);
            try {
                changes.add(reader.read(name, new DataInputStream(new ByteArrayInputStream(content))));
                read.add(name);
            } catch (IOException | RuntimeException e) {
                LOG.error("An exchange of QoS 2 is damaged, its file {} is set aside: {}", name, e.toString());
                files.setAside(name);
            }
        }
        if (changes.isEmpty()) {
            return;
        }
        database.transact(connection -> {
            for (GroupCommit.Change change : changes) {
                change.on(connection);
            }
            return null;
        });
        for (String name : read) {
            files.delete(name);
        }
        // Were they back after a loss of power, they would take the place of what has come since.
        files.force();
        LOG.info("{} exchanges of QoS 2 have moved from {} to {}", changes.size(), folder, database.file());
    }
}
