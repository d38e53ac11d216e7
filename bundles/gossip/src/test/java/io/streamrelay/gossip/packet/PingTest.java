// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PingTest {

    private static final String REQUESTER = "\"requesterPeerId\":\"" + Samples.REQUESTER.hex() + "\"";

    @Test
    @Tag("case-39")
    void acceptsAbsentOptionalKeys() {
        Ping ping = ping("{" + REQUESTER + "}");
        assertEquals(Ping.builder(Samples.REQUESTER).build(), ping);
    }

    @Test
    @Tag("case-39")
    void acceptsANatTypeOfNull() {
        assertNull(ping("{" + REQUESTER + ",\"natType\":null}").natType());
    }

    @Test
    @Tag("case-39")
    void acceptsNonCanonicalJson() {
        Ping ping = ping(" {\n\"uptime\" : 3.0e4 , \"isPro\\u0062e\":true,\"natType\":31.0, "
                + REQUESTER.replace("\":\"a", "\" :\t\"\\u0061") + "}\r\n");
        assertEquals(30_000L, ping.uptime());
        assertEquals(31, ping.natType());
        assertEquals(true, ping.isProbe());
        assertEquals(Samples.REQUESTER, ping.requester());
    }

    /** Where a ping of ours has it, and before one that is there twice. */
    @Test
    void readsAUsualKeyHoweverItIsWritten() {
        assertEquals(
                31,
                ping("{" + REQUESTER + ",\"nat\\u0054ype\":31,\"cacheSize\" : 7}")
                        .natType());
        assertEquals(
                7L, ping("{" + REQUESTER + ",\"natType\":31,\"cacheSize\" : 7}").cacheSize());
        assertMalformed(DropReason.BAD_JSON, "{" + REQUESTER + ",\"natType\":31,\"nat\\u0054ype\":31}");
        assertMalformed(DropReason.BAD_JSON, "{" + REQUESTER + ",\"natType\":31,\"natType\":31}");
        assertMalformed(DropReason.UNKNOWN_KEY, "{" + REQUESTER + ",\"natTypes\":31}");
    }

    @Test
    void readsPeerIdsInUpperCaseAsInLowerCase() {
        assertEquals(
                Samples.REQUESTER,
                ping("{\"requesterPeerId\":\"" + Samples.REQUESTER.hex().toUpperCase(Locale.ROOT) + "\"}")
                        .requester());
    }

    @Test
    void needsARequester() {
        assertMalformed(DropReason.MISSING_KEY, "{\"natType\":31}");
        assertMalformed(DropReason.BAD_VALUE, "{\"requesterPeerId\":null}");
        assertMalformed(DropReason.BAD_VALUE, "{\"requesterPeerId\":1}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "g", "\uff11"})
    void rejectsARequesterThatIsNo64HexDigits(String end) {
        String id = Samples.REQUESTER.hex().substring(1) + end;
        assertMalformed(DropReason.BAD_ID, "{\"requesterPeerId\":\"" + id + "\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "7",
                "\"text\"",
                "{",
                "{}{}",
                "{\"a\":1} x",
                "{'a':1}",
                "{\"a\":1,}",
                "{\"natType\":31,\"natType\":31}",
                "{\"a\":NaN}",
                "{\"a\":1e}",
                "\ufeff{}",
                "{\"a\":\"\\x\"}"
            })
    void rejectsWhatIsNoJsonObject(String json) {
        assertMalformed(DropReason.BAD_JSON, json);
    }

    @Test
    @Tag("case-38")
    void rejectsUnknownKeys() {
        assertMalformed(DropReason.UNKNOWN_KEY, "{" + REQUESTER + ",\"colour\":1}");
        assertMalformed(DropReason.UNKNOWN_KEY, "{" + REQUESTER + ",\"NATTYPE\":31}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BAD_VALUE|uptime|-1",
                "BAD_VALUE|uptime|0.5",
                "BAD_VALUE|uptime|9007199254740992",
                "BAD_VALUE|uptime|1e999999999",
                "BAD_VALUE|uptime|1e5351382242",
                "BAD_JSON|uptime|100000000000000000000000000000000",
                "BAD_VALUE|uptime|\"1\"",
                "BAD_VALUE|uptime|null",
                "BAD_VALUE|cacheSize|{}",
                "BAD_VALUE|cacheSize|[1]",
                "BAD_VALUE|timestamp|true",
                "BAD_VALUE|isProbe|1",
                "BAD_VALUE|isConnection|null",
                "BAD_VALUE|cacheSummaryHash|\"da39\"",
                "BAD_VALUE|reflectionId|\"0123456789a\"",
                "BAD_VALUE|reflectionId|\"0123456789abc\"",
                "BAD_VALUE|pingId|\"0123456789abcd\"",
                "BAD_VALUE|pingId|\"0123456789ag\"",
                "BAD_PORT|probeExternalPort|0",
                "BAD_PORT|probeExternalPort|65536",
                "BAD_NAT_TYPE|natType|0",
                "BAD_NAT_TYPE|natType|4294967327",
                "BAD_NAT_TYPE|natType|6"
            })
    void checksEveryKeyThatIsThere(DropReason reason, String key, String value) {
        assertMalformed(reason, "{" + REQUESTER + ",\"" + key + "\":" + value + "}");
    }

    @Test
    void takesHexDigitsAndNothingElse() {
        for (char c = 0; c < Character.MAX_VALUE; c++) {
            String hash = "0".repeat(20) + "\\u%04x".formatted((int) c) + "0".repeat(19);
            String json = "{" + REQUESTER + ",\"cacheSummaryHash\":\"" + hash + "\"}";
            if (HexFormat.isHexDigit(c)) {
                assertEquals(c, ping(json).cacheSummaryHash().charAt(20));
            } else {
                assertMalformed(DropReason.BAD_VALUE, json);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "uptime|9007199254740991",
                "cacheSize|0",
                "probeExternalPort|1",
                "probeExternalPort|65535",
                "pingId|\"0123456789abc\"",
                "reflectionId|\"0123456789AB\"",
                "natType|29"
            })
    void acceptsValuesAtTheirLimits(String key, String value) {
        ping("{" + REQUESTER + ",\"" + key + "\":" + value + "}");
    }

    @Test
    void writesWhatIsSetInTheReferencesOrder() {
        Ping ping = Ping.builder(Samples.REQUESTER)
                .timestamp(9L)
                .uptime(8L)
                .natType(31)
                .isConnection(true)
                .cacheSize(7L)
                .build();
        assertEquals(
                "{" + REQUESTER + ",\"natType\":31,\"cacheSize\":7,\"isConnection\":true,\"uptime\":8,\"timestamp\":9}",
                new String(ping.toJson(), StandardCharsets.US_ASCII));
    }

    @Test
    void refusesToWriteWhatPeersWouldDrop() {
        Ping noPort = Ping.builder(Samples.REQUESTER).probeExternalPort(0).build();
        Ping noType = Ping.builder(Samples.REQUESTER).natType(0).build();
        assertThrows(IllegalArgumentException.class, noPort::toJson);
        assertThrows(IllegalArgumentException.class, noType::toJson);
    }

    private static Ping ping(String json) {
        return assertInstanceOf(Ping.class, Samples.body(PacketType.PING, json));
    }

    private static void assertMalformed(DropReason reason, String json) {
        assertEquals(new Malformed(reason), Samples.body(PacketType.PING, json));
    }
}
