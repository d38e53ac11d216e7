// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import io.streamrelay.api.Message;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rows of what is in custody: each a message, or, when that is safe, what its repetition is known by. */
final class CustodyTable {

    private static final Logger LOG = LoggerFactory.getLogger(CustodyTable.class);

    static final String NAME = "custody";

    /** The message is null when it is safe. */
    static final String SCHEMA = "CREATE TABLE IF NOT EXISTS " + NAME + " (number INTEGER PRIMARY KEY,"
            + " packet_id INTEGER NOT NULL, fingerprint INTEGER NOT NULL, message BLOB, crc INTEGER NOT NULL)";

    private static final String PUT = "INSERT OR REPLACE INTO " + NAME + " VALUES (?, ?, ?, ?, ?)";
    private static final String REMOVE = "DELETE FROM " + NAME + " WHERE number = ?";
    private static final String ALL =
            "SELECT number, packet_id, fingerprint, message, crc FROM " + NAME + " ORDER BY number";

    /** How an earlier version's files end, of messages that are safe. */
    private static final String SAFE = ".safe";

    private static final int FORMAT_OF_FILES = 1;

    /**
     * A row.
     *
     * @param number its place in the order of all, from 1
     * @param packetId the MQTT packet identifier it came with
     * @param fingerprint what a repetition has in common with it
     * @param message null when it is safe and kept for its packet identifier alone
     */
    record Entry(long number, int packetId, Fingerprint fingerprint, Message message) {

        Entry(long number, int packetId, Message message) {
            this(number, packetId, Fingerprint.of(message.topic(), message.payload()), message);
        }

        private Entry withoutMessage() {
            return new Entry(number, packetId, fingerprint, null);
        }
    }

    private final GroupCommit commits;
    private final Path earlier;

    /** @param earlier where a version before kept the messages as files, which may be none */
    CustodyTable(GroupCommit commits, Path earlier) {
        this.commits = commits;
        this.earlier = earlier;
    }

    /** All that is there, in order. What cannot be read is set aside. */
    List<Entry> load() throws IOException {
        new EarlierFiles(earlier).moveTo(commits.database(), CustodyTable::changeOfFile);
        return commits.database().exists() ? commits.database().transact(this::all) : List.of();
    }

    private List<Entry> all(Connection connection) throws SQLException {
        List<Entry> entries = new ArrayList<>();
        List<Long> damaged = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(ALL)) {
            while (row.next()) {
                long number = row.getLong(1);
                int packetId = row.getInt(2);
                Fingerprint fingerprint = new Fingerprint(row.getLong(3));
                byte[] message = row.getBytes(4);
                try {
                    new RowCheck()
                            .with(number)
                            .with(packetId)
                            .with(fingerprint.value())
                            .with(message)
                            .compare(row.getInt(5));
                    entries.add(new Entry(number, packetId, fingerprint, message == null ? null : read(message)));
                } catch (IOException | RuntimeException e) {
                    String aside = commits.database().setAside(NAME + "-" + number, message);
                    LOG.error("Message {} of QoS 2 is damaged and kept as {}: {}", number, aside, e.toString());
                    damaged.add(number);
                }
            }
        }
        for (long number : damaged) {
            delete(connection, number);
        }
        return entries;
    }

    private static Message read(byte[] message) throws IOException {
        return MessageBytes.read(new DataInputStream(new ByteArrayInputStream(message)));
    }

    private static GroupCommit.Change changeOfFile(String name, DataInputStream content) throws IOException {
        long number = Long.parseLong(name.substring(0, name.indexOf('.')));
        int format = content.readUnsignedByte();
        if (format != FORMAT_OF_FILES) {
            throw new IOException("format " + format + " is unknown");
        }
        Entry entry = new Entry(number, content.readUnsignedShort(), MessageBytes.read(content));
        return change(name.endsWith(SAFE) ? entry.withoutMessage() : entry);
    }

    /** @throws IOException when it cannot be kept */
    long put(Entry entry) throws IOException {
        return commits.write(change(entry));
    }

    void markSafe(long number, int packetId, Fingerprint fingerprint) {
        commits.note(changeOf(new Entry(number, packetId, fingerprint, null), null));
    }

    void remove(long number) {
        commits.note(connection -> delete(connection, number));
    }

    private static GroupCommit.Change change(Entry entry) throws IOException {
        return changeOf(entry, entry.message() == null ? null : MessageBytes.write(entry.message()));
    }

    private static GroupCommit.Change changeOf(Entry entry, byte[] message) {
        int crc = new RowCheck()
                .with(entry.number())
                .with(entry.packetId())
                .with(entry.fingerprint().value())
                .with(message)
                .value();
        return connection -> {
            try (PreparedStatement put = connection.prepareStatement(PUT)) {
                put.setLong(1, entry.number());
                put.setInt(2, entry.packetId());
                put.setLong(3, entry.fingerprint().value());
                put.setBytes(4, message);
                put.setInt(5, crc);
                put.executeUpdate();
            }
        };
    }

    private static void delete(Connection connection, long number) throws SQLException {
        try (PreparedStatement remove = connection.prepareStatement(REMOVE)) {
            remove.setLong(1, number);
            remove.executeUpdate();
        }
    }
}
