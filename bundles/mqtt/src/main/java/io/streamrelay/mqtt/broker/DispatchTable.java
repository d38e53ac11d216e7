// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rows of what a client library has to remember of its publications, by the library's keys, for one MQTT version. */
final class DispatchTable {

    private static final Logger LOG = LoggerFactory.getLogger(DispatchTable.class);

    static final String NAME = "dispatch";

    static final String SCHEMA =
            "CREATE TABLE IF NOT EXISTS " + NAME + " (id INTEGER PRIMARY KEY, version TEXT NOT NULL,"
                    + " key TEXT NOT NULL, name TEXT NOT NULL, packet BLOB NOT NULL, crc INTEGER NOT NULL, UNIQUE (version, key))";

    private static final String PUT =
            "INSERT OR REPLACE INTO " + NAME + " (version, key, name, packet, crc) VALUES (?, ?, ?, ?, ?)";
    private static final String REMOVE = "DELETE FROM " + NAME + " WHERE version = ? AND key = ?";
    private static final String REMOVE_BY_ID = "DELETE FROM " + NAME + " WHERE id = ?";
    private static final String ALL =
            "SELECT id, key, name, packet, crc FROM " + NAME + " WHERE version = ? ORDER BY id";

    /**
     * A row.
     *
     * @param key the client library's
     * @param name what whoever published it knows it by; empty when there is none
     */
    record Row(String key, String name, byte[] packet) {}

    private final GroupCommit commits;
    private final String version;
    private final Path earlier;

    /** @param earlier where a version before kept the packets as files, which may be none */
    DispatchTable(GroupCommit commits, MqttVersion version, Path earlier) {
        this.commits = commits;
        this.version = version.label();
        this.earlier = earlier;
    }

    /** All that is there, in order. What cannot be read is set aside. */
    List<Row> load() throws IOException {
        new EarlierFiles(earlier).moveTo(commits.database(), this::changeOfFile);
        return commits.database().exists() ? commits.database().transact(this::all) : List.of();
    }

    private List<Row> all(Connection connection) throws SQLException {
        List<Row> rows = new ArrayList<>();
        // By its key a damaged row may not be found.
        List<Long> damaged = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(ALL)) {
            query.setString(1, version);
            try (ResultSet found = query.executeQuery()) {
                while (found.next()) {
                    long id = found.getLong(1);
                    Row row = new Row(found.getString(2), found.getString(3), found.getBytes(4));
                    try {
                        checkOf(row).compare(found.getInt(5));
                        rows.add(row);
                    } catch (IOException | RuntimeException e) {
                        String aside = commits.database().setAside(NAME + "-" + id, row.packet);
                        LOG.error("Publication {} of QoS 2 is damaged and kept as {}: {}", id, aside, e.toString());
                        damaged.add(id);
                    }
                }
            }
        }
        try (PreparedStatement remove = connection.prepareStatement(REMOVE_BY_ID)) {
            for (long id : damaged) {
                remove.setLong(1, id);
                remove.executeUpdate();
            }
        }
        return rows;
    }

    private GroupCommit.Change changeOfFile(String key, DataInputStream content) throws IOException {
        return change(new Row(key, content.readUTF(), content.readAllBytes()));
    }

    /** @throws IOException when it cannot be kept */
    void put(Row row) throws IOException {
        commits.write(change(row));
    }

    /** Puts one row in the place of another. */
    void replace(String key, Row row) {
        GroupCommit.Change put = change(row);
        commits.note(connection -> {
            delete(connection, key);
            put.on(connection);
        });
    }

    void remove(String key) {
        commits.note(connection -> delete(connection, key));
    }

    private GroupCommit.Change change(Row row) {
        int crc = checkOf(row).value();
        return connection -> {
            try (PreparedStatement put = connection.prepareStatement(PUT)) {
                put.setString(1, version);
                put.setString(2, row.key);
                put.setString(3, row.name);
                put.setBytes(4, row.packet);
                put.setInt(5, crc);
                put.executeUpdate();
            }
        };
    }

    private RowCheck checkOf(Row row) {
        return new RowCheck().with(version).with(row.key).with(row.name).with(row.packet);
    }

    private void delete(Connection connection, String key) throws SQLException {
        try (PreparedStatement remove = connection.prepareStatement(REMOVE)) {
            remove.setString(1, version);
            remove.setString(2, key);
            remove.executeUpdate();
        }
    }
}
