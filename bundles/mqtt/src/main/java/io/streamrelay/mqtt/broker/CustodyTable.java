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
            + " packet_id INTEGER NOT NULL, fingerprint INTEGER NOT NULL, released INTEGER NOT NULL, message BLOB,"
            + " crc INTEGER NOT NULL)";

    private static final String PUT = "INSERT OR REPLACE INTO " + NAME + " VALUES (?, ?, ?, ?, ?, ?)";
    private static final String RELEASE = "UPDATE " + NAME + " SET released = ? WHERE number = ?";
    private static final String REMOVE = "DELETE FROM " + NAME + " WHERE number = ?";
    private static final String ALL =
            "SELECT number, packet_id, fingerprint, released, message, crc FROM " + NAME + " ORDER BY number";

    /** How an earlier version's files end, of messages that are safe. */
    private static final String SAFE = ".safe";

    private static final int FORMAT_OF_FILES = 1;

    /** Whether a message's packet identifier may be used again. */
    enum Release {
        NONE(0),
        /** The PUBCOMP that says so may not have reached the broker. */
        SAID(2),
        FINAL(1);

        private final int code;

        Release(int code) {
            this.code = code;
        }

        private static Release of(int code) {
            return code == NONE.code ? NONE : code == SAID.code ? SAID : FINAL;
        }
    }

    /**
     * A row.
     *
     * @param number its place in the order of all, from 1
     * @param packetId the MQTT packet identifier it came with
     * @param fingerprint what a repetition has in common with it
     * @param message null when it is safe and kept for its packet identifier alone
     * @param release {@link Release#FINAL} when it is kept for its message alone
     */
    record Entry(long number, int packetId, Fingerprint fingerprint, Message message, Release release) {

        Entry(long number, int packetId, Message message) {
            this(number, packetId, Fingerprint.of(message.topic(), message.payload()), message, Release.NONE);
        }

        private Entry with(Message other) {
            return new Entry(number, packetId, fingerprint, other, release);
        }

        /** Whether it is released is not in it, so that it changes without the rest. */
        private RowCheck check(byte[] bytes) {
            return new RowCheck()
                    .with(number)
                    .with(packetId)
                    .with(fingerprint.value())
                    .with(bytes);
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
                byte[] message = row.getBytes(5);
                Entry entry = new Entry(
                        row.getLong(1),
                        row.getInt(2),
                        new Fingerprint(row.getLong(3)),
                        null,
                        Release.of(row.getInt(4)));
                try {
                    entry.check(message).compare(row.getInt(6));
                    entries.add(message == null ? entry : entry.with(read(message)));
                } catch (IOException | RuntimeException e) {
                    String aside = commits.database().setAside(NAME + "-" + entry.number(), message);
                    LOG.error("Message {} of QoS 2 is damaged and kept as {}: {}", entry.number(), aside, e.toString());
                    damaged.add(entry.number());
                }
            }
        }
        for (long number : damaged) {
            change(connection, REMOVE, number);
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
        return change(name.endsWith(SAFE) ? entry.with(null) : entry);
    }

    /** @throws IOException when it cannot be kept */
    long put(Entry entry) throws IOException {
        return commits.write(change(entry));
    }

    void markSafe(Entry withoutMessage) {
        commits.note(changeOf(withoutMessage, null));
    }

    /** Whoever lets its packet identifier be used again relies on that. */
    void mark(long number, Release release) {
        commits.require(connection -> change(connection, RELEASE, release.code, number));
    }

    /** The same. */
    void remove(long number) {
        commits.require(connection -> change(connection, REMOVE, number));
    }

    private static GroupCommit.Change change(Entry entry) throws IOException {
        return changeOf(entry, entry.message() == null ? null : MessageBytes.write(entry.message()));
    }

    private static GroupCommit.Change changeOf(Entry entry, byte[] message) {
        int crc = entry.check(message).value();
        return connection -> {
            try (PreparedStatement put = connection.prepareStatement(PUT)) {
                put.setLong(1, entry.number());
                put.setInt(2, entry.packetId());
                put.setLong(3, entry.fingerprint().value());
                put.setInt(4, entry.release().code);
                put.setBytes(5, message);
                put.setInt(6, crc);
                put.executeUpdate();
            }
        };
    }

    private static void change(Connection connection, String command, long... values) throws SQLException {
        try (PreparedStatement change = connection.prepareStatement(command)) {
            for (int i = 0; i < values.length; i++) {
                change.setLong(i + 1, values[i]);
            }
            change.executeUpdate();
        }
    }
}
