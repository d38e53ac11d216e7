// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.store.PacketStore;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where things lie in a store's file, and that the files of all layouts are of use. */
class LayoutTest {

    private static final int PAGE_SIZE_AT = 16;
    private static final int FIRST_PAGE_TYPE_AT = 100;
    private static final int TABLE_LEAF = 13;
    private static final int NUMBERS = 160;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void hasItsSchemaOnTheFirstPage(Layout layout) throws Exception {
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(make(layout).resolve("store.db")));

        assertEquals(layout.pageBytes(), file.getShort(PAGE_SIZE_AT));
        assertEquals(TABLE_LEAF, file.get(FIRST_PAGE_TYPE_AT));
    }

    /** One block that is lost is one table at the most. */
    @ParameterizedTest
    @EnumSource
    void hasEachRootInABlockOfItsOwn(Layout layout) throws Exception {
        Set<Integer> blocks = new HashSet<>(Set.of(0));
        try (Connection connection = new Connections(DatabaseSettings.DEFAULT)
                        .connect(make(layout).resolve("store.db"));
                Statement statement = connection.createStatement();
                ResultSet tables = statement.executeQuery("SELECT name, rootpage FROM sqlite_schema")) {
            while (tables.next()) {
                int block = (tables.getInt(2) - 1) * layout.pageBytes() / Layout.BLOCK_BYTES;
                assertTrue(blocks.add(block) || tables.getString(1).equals("room"), tables.getString(1));
            }
        }
        assertTrue(blocks.size() >= 9, blocks::toString);
    }

    @ParameterizedTest
    @EnumSource
    void isKeptByItsFile(Layout layout) throws Exception {
        Path store = make(layout);
        for (int from = 1; from < NUMBERS; from += 53) {
            try (PacketStore opened = new SqlitePacketStoreFactory().open(store)) {
                Contents.put(opened, from, from + 53);
            }
        }
        try (PacketStore opened = new SqlitePacketStoreFactory().open(store)) {
            assertEquals(Contents.size(NUMBERS), Contents.check(opened));
        }
        assertEquals(layout.pageBytes(), pageBytes(store));
        assertEquals(List.of(), DatabaseImage.setAside(store));
    }

    @ParameterizedTest
    @EnumSource
    void isFoundAgainWhenItsFirstBlockIsGone(Layout layout) throws Exception {
        Path store = filled(layout).layOut(folder.resolve("damaged"));
        new SqlitePacketStoreFactory().open(store).close();
        overwrite(store.resolve("store.db"), 0, new byte[Layout.BLOCK_BYTES]);
        LoggedText.of(() -> {
            try (PacketStore opened = new SqlitePacketStoreFactory().open(store)) {
                assertEquals(Contents.size(NUMBERS), Contents.check(opened));
            }
        });
        assertEquals(List.of("store.db.damaged-1"), DatabaseImage.setAside(store));
        assertEquals(Layout.SMALL_PAGES.pageBytes(), pageBytes(store), "what is made anew is of today's layout");
    }

    @ParameterizedTest
    @EnumSource
    void hasALogThatIsMended(Layout layout) throws Exception {
        DatabaseImage image = filled(layout);
        // In the middle, and at the beginning: then the log does not say itself how large its pages are.
        for (long at : new long[] {20_000, 2, 0}) {
            Path store = image.layOut(folder.resolve("damaged-" + at));
            overwrite(store.resolve("store.db-wal"), at, new byte[Layout.BLOCK_BYTES]);
            LoggedText.of(() -> {
                try (PacketStore opened = new SqlitePacketStoreFactory().open(store)) {
                    int size = Contents.check(opened);
                    assertTrue(
                            size > Contents.size(NUMBERS) - 40,
                            () -> size + " of " + Contents.size(NUMBERS) + " at " + at);
                }
            });
            assertEquals(List.of("store.db.damaged-1-wal"), DatabaseImage.setAside(store));
        }
    }

    /** A store with all in its log. */
    private DatabaseImage filled(Layout layout) throws Exception {
        Path store = make(layout);
        try (PacketStore opened = new SqlitePacketStoreFactory().open(store)) {
            Contents.put(opened, 1, NUMBERS);
            return DatabaseImage.of(store, folder.resolve("image"));
        }
    }

    /** An empty store as it was made at the layout's time. */
    private Path make(Layout layout) throws Exception {
        Path store = Files.createDirectories(folder.resolve("store"));
        Connections connections = new Connections(DatabaseSettings.DEFAULT);
        try (Connection connection = connections.connect(store.resolve("store.db"))) {
            connections.prepareToWrite(connection, layout);
            Schema.of(layout).migrate(connection);
        }
        return store;
    }

    private static int pageBytes(Path store) throws Exception {
        return ByteBuffer.wrap(Files.readAllBytes(store.resolve("store.db"))).getShort(PAGE_SIZE_AT);
    }

    private static void overwrite(Path file, long at, byte[] with) throws Exception {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(at);
            bytes.write(with);
        }
    }
}
