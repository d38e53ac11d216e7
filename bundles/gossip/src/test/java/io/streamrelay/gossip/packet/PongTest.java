// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PongTest {

    private static final String HASH = "da39a3ee5e6b4b0d3255bfef95601890afd80709";
    private static final String IDS = "\"responderPeerId\":\"" + Samples.RESPONDER.hex() + "\",\"requesterPeerId\":\""
            + Samples.REQUESTER.hex() + "\"";

    @Test
    @Tag("case-6")
    void answersAPlainPingInTheReferencesOrder() {
        Pong pong = pong().port(40001).address("127.0.0.1").natType(31).build();
        assertWrites("\"port\":40001,\"address\":\"127.0.0.1\",\"natType\":31", pong);
    }

    @Test
    @Tag("case-7")
    void answersAReflectionWithoutANatType() {
        Pong pong = pong().port(40001)
                .address("127.0.0.1")
                .isProbe(true)
                .reflectionId("0123456789ab")
                .pingId("0123456789abc")
                .isReflection(true)
                .build();
        assertWrites(
                "\"port\":40001,\"isProbe\":true,\"address\":\"127.0.0.1\",\"reflectionId\":\"0123456789ab\","
                        + "\"pingId\":\"0123456789abc\",\"isReflection\":true",
                pong);
    }

    @Test
    void answersAConnectionWithoutPortAndAddress() {
        assertWrites(
                "\"natType\":31,\"isConnection\":true",
                pong().natType(31).isConnection(true).build());
    }

    @Test
    void acceptsTheKeysThatTheReferenceDoesNotUse() {
        String json = "{" + IDS + ",\"isDebug\":true,\"rejected\":true}";
        Pong pong = (Pong) Samples.body(PacketType.PONG, json);
        assertEquals(true, pong.isDebug() && pong.rejected());
        assertEquals(pong, Samples.body(PacketType.PONG, new String(pong.toJson(), StandardCharsets.US_ASCII)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BAD_ADDRESS|address|\"localhost\"",
                "BAD_ADDRESS|address|\"::1\"",
                "BAD_ADDRESS|address|\"127.0.0.01\"",
                "BAD_VALUE|address|null",
                "BAD_PORT|port|0",
                "BAD_PORT|port|65536",
                "BAD_VALUE|natType|null",
                "BAD_NAT_TYPE|natType|32",
                "BAD_VALUE|rejected|\"true\"",
                "UNKNOWN_KEY|timestamp|1"
            })
    void checksEveryKeyThatIsThere(DropReason reason, String key, String value) {
        assertEquals(
                new Malformed(reason), Samples.body(PacketType.PONG, "{" + IDS + ",\"" + key + "\":" + value + "}"));
    }

    @Test
    void needsBothPeers() {
        String one = "{\"requesterPeerId\":\"" + Samples.REQUESTER.hex() + "\"}";
        assertEquals(new Malformed(DropReason.MISSING_KEY), Samples.body(PacketType.PONG, one));
    }

    @Test
    void refusesToWriteHostNames() {
        Pong pong = pong().port(1).address("gateway.example").build();
        assertThrows(IllegalArgumentException.class, pong::toJson);
    }

    private static Pong.Builder pong() {
        return Pong.builder(Samples.REQUESTER, Samples.RESPONDER)
                .cacheSize(0L)
                .uptime(30_000L)
                .cacheSummaryHash(HASH);
    }

    private static void assertWrites(String branch, Pong pong) {
        String json =
                "{\"cacheSize\":0,\"uptime\":30000," + IDS + "," + branch + ",\"cacheSummaryHash\":\"" + HASH + "\"}";
        assertArrayEquals(Samples.ascii(json), pong.toJson());
        assertEquals(pong, Samples.body(PacketType.PONG, json));
    }
}
