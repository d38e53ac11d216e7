// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.util.List;

/**
 * How a database of version 1 is laid out in its file: how large its pages are, and with which statements its tables
 * are made. A file keeps the layout that it was made with. What differs is what a commit costs; tables and rows are the
 * same, but for the place that a note has.
 *
 * <p>Disks write and lose blocks of {@link #BLOCK_BYTES}, and the first one, which says where everything else is, is
 * written more often than any other. So in each layout it is the same in every store: another's can take its place. And
 * no two tables have their roots in one block.
 */
enum Layout {

    /**
     * What is made today. A commit writes each page that it changes as a whole, some of them for a few bytes: page 1,
     * for the file has grown, the page above the new ones, that of the latest note. Of pages this small they are a quarter of what
     * they were, and a packet fills one and a bit.
     *
     * <p>The texts are short, so that all of the schema is on page 1. Rows of the table of room that are never removed
     * fill the blocks that begin with a root.
     */
    SMALL_PAGES(
            1_024,
            List.of(
                    "CREATE TABLE room(one INTEGER PRIMARY KEY,filler)",
                    "INSERT INTO room(one,filler)VALUES(2,zeroblob(2139))",
                    "CREATE TABLE packets(seq INTEGER PRIMARY KEY,id,bytes,flags,born_ms,lifetime_ms,crc)",
                    Layout.FILL,
                    "CREATE TABLE passed_on(seq INTEGER PRIMARY KEY,crc)",
                    Layout.FILL,
                    "CREATE TABLE delivered(seq INTEGER PRIMARY KEY,crc)",
                    Layout.FILL,
                    "CREATE TABLE seen(seq INTEGER PRIMARY KEY,key,born_ms)",
                    Layout.FILL,
                    "CREATE TABLE consumers(no INTEGER PRIMARY KEY,name,crc)",
                    Layout.FILL,
                    "CREATE TABLE deliveries(place INTEGER PRIMARY KEY,bytes,born_ms,crc)",
                    Layout.FILL,
                    "CREATE TABLE notes(no INTEGER PRIMARY KEY,key,value,crc)",
                    Layout.FILL,
                    "CREATE TABLE clock(one INTEGER PRIMARY KEY,node_ms,wall_ms,crc)",
                    Layout.FILL)),

    /** What was made in the beginning: the first page is the first block. */
    LARGE_PAGES(
            4_096,
            List.of(
                    "CREATE TABLE packets(seq INTEGER PRIMARY KEY, id BLOB NOT NULL, bytes BLOB NOT NULL, "
                            + "flags INTEGER NOT NULL, born_ms INTEGER NOT NULL, lifetime_ms INTEGER NOT NULL, "
                            + "crc INTEGER NOT NULL)",
                    "CREATE TABLE passed_on(seq INTEGER PRIMARY KEY, crc INTEGER NOT NULL)",
                    "CREATE TABLE delivered(seq INTEGER PRIMARY KEY, crc INTEGER NOT NULL)",
                    "CREATE TABLE seen(seq INTEGER PRIMARY KEY, key INTEGER NOT NULL, born_ms INTEGER NOT NULL)",
                    "CREATE TABLE consumers(no INTEGER PRIMARY KEY, name TEXT NOT NULL, crc INTEGER NOT NULL)",
                    "CREATE TABLE deliveries(place INTEGER PRIMARY KEY, bytes BLOB NOT NULL, "
                            + "born_ms INTEGER NOT NULL, crc INTEGER NOT NULL)",
                    "CREATE TABLE notes(key TEXT PRIMARY KEY, value BLOB NOT NULL, crc INTEGER NOT NULL) WITHOUT ROWID",
                    "CREATE TABLE clock(one INTEGER PRIMARY KEY, node_ms INTEGER NOT NULL, wall_ms INTEGER NOT NULL, "
                            + "crc INTEGER NOT NULL)",
                    "CREATE TABLE room(one INTEGER PRIMARY KEY, filler BLOB NOT NULL)"));

    static final int BLOCK_BYTES = 4_096;

    /** Three pages of {@link #SMALL_PAGES}: what a row has beyond 103 bytes goes to pages of its own, 1,020 to each. */
    private static final String FILL = "INSERT INTO room(filler)VALUES(zeroblob(3159))";

    private final int pageBytes;
    private final List<String> statements;

    Layout(int pageBytes, List<String> statements) {
        this.pageBytes = pageBytes;
        this.statements = statements;
    }

    int pageBytes() {
        return pageBytes;
    }

    /** What leads from an empty file to version 1 of the schema. */
    List<String> statements() {
        return statements;
    }
}
