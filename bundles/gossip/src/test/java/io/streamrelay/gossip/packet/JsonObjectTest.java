// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class JsonObjectTest {

    @Test
    @Tag("case-41")
    void writesAsciiAlone() {
        byte[] json =
                new JsonObject().text("unit", "\u00b0C \ud83d\ude00 \"\n").end().bytes();
        assertArrayEquals(Samples.ascii("{\"unit\":\"\\u00B0C \\uD83D\\uDE00 \\\"\\n\"}"), json);
    }

    @Test
    @Tag("case-41")
    void leavesOutWhatIsNotSet() {
        byte[] json = new JsonObject()
                .id("a", null)
                .text("b", null)
                .number("c", null)
                .flag("d", false)
                .natType("e", null)
                .port("f", null)
                .address("g", null)
                .end()
                .bytes();
        assertArrayEquals(Samples.ascii("{}"), json);
    }

    @Test
    @Tag("case-41")
    void refusesWhatNoPeerMayBeSent() {
        JsonObject json = new JsonObject();
        assertThrows(IllegalArgumentException.class, () -> json.port("port", 0));
        assertThrows(IllegalArgumentException.class, () -> json.port("port", 65536));
        assertThrows(IllegalArgumentException.class, () -> json.natType("natType", 0));
        assertThrows(IllegalArgumentException.class, () -> json.address("address", "gateway.example"));
    }
}
