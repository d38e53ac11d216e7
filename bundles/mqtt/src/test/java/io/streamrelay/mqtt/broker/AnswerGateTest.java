// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnswerGateTest {

    private static final String PUBREC_7 = "50020007";
    private static final String PUBREC_8 = "50020008";
    private static final String PUBCOMP_7 = "70020007";

    private final List<Integer> withheld = new ArrayList<>();
    private final List<String> committed = new ArrayList<>();
    private IOException failure;

    private final AnswerGate gate = new AnswerGate(new AnswerGate.Listener() {
        @Override
        public void committing() throws IOException {
            if (failure != null) {
                throw failure;
            }
            committed.add(written());
        }

        @Override
        public void withheld(int packetId) {
            withheld.add(packetId);
        }
    });
    private final ByteArrayOutputStream wire = new ByteArrayOutputStream();
    private OutputStream out;

    @BeforeEach
    void connect() {
        out = gate.guard(wire);
    }

    private void write(String... packets) throws IOException {
        for (String packet : packets) {
            out.write(HexFormat.of().parseHex(packet));
        }
    }

    private String written() {
        return HexFormat.of().formatHex(wire.toByteArray());
    }

    @Test
    void letsAnswersPassInOrder() throws IOException {
        write(PUBREC_7, PUBREC_8, PUBCOMP_7, PUBREC_7, PUBCOMP_7);
        assertEquals(PUBREC_7 + PUBREC_8 + PUBCOMP_7 + PUBREC_7 + PUBCOMP_7, written());
    }

    @Test
    void tellsWhatIsAnsweredWhatIsWithheldAndWhatIsReleased() throws IOException {
        List<String> told = new ArrayList<>();
        AnswerGate telling = new AnswerGate(new AnswerGate.Listener() {
            @Override
            public void committing() {
                told.add("committing");
            }

            @Override
            public void withheld(int packetId) {
                told.add("withheld " + packetId);
            }

            @Override
            public void answered(int packetId) {
                told.add("answered " + packetId);
            }

            @Override
            public void released(int packetId) {
                told.add("released " + packetId);
            }
        });
        out = telling.guard(wire);
        telling.withhold(8);
        write(PUBREC_7, PUBREC_7, PUBREC_8, PUBCOMP_7);
        assertEquals(
                List.of(
                        "committing",
                        "answered 7",
                        "committing",
                        "answered 7",
                        "withheld 8",
                        "released 7",
                        "committing"),
                told);
    }

    /** PUBLISH of QoS 0, 1 and 2, PUBREL, PUBACK: what was on the wire whenever it waited. */
    @Test
    void waitsBeforeEachPacketThatCommitsTheClient() throws IOException {
        write("3003000174", "32050001740001", "34050001740002", "62020002", PUBREC_7, "40020001", PUBCOMP_7);
        String first = "3003000174" + "32050001740001";
        String second = first + "34050001740002";
        String third = second + "62020002";
        assertEquals(List.of(first, second, third, third + PUBREC_7 + "40020001"), committed);
    }

    @Test
    void sendsNothingThatCouldNotBeCommitted() throws IOException {
        failure = new IOException("the disk is full");
        assertSame(failure, assertThrows(IOException.class, () -> write(PUBREC_7)));
        assertEquals("", written());
        assertSame(failure, assertThrows(IOException.class, () -> write("34050001740002")));
        assertEquals("", written());
    }

    @Test
    void answersTheNextMessageOfAnIdentifierWhenTheOneBeforeIsReleased() throws IOException {
        write(PUBREC_7, PUBREC_7, PUBREC_7, PUBREC_8);
        assertEquals(PUBREC_7 + PUBREC_8, written());
        wire.reset();
        write(PUBCOMP_7);
        assertEquals(PUBCOMP_7 + PUBREC_7, written());
        wire.reset();
        write(PUBCOMP_7, PUBCOMP_7);
        assertEquals(PUBCOMP_7 + PUBREC_7 + PUBCOMP_7, written());
    }

    @Test
    void withholdsAnAnswerUntilAnotherConnection() throws IOException {
        gate.withhold(7);
        write(PUBREC_7, PUBREC_8);
        assertEquals(PUBREC_8, written());
        assertEquals(List.of(7), withheld);
        wire.reset();
        connect();
        write(PUBREC_7);
        assertEquals(PUBREC_7, written());
    }

    /** Also PUBREC with a reason code and with properties, a PINGREQ, and a payload that looks like a PUBREC. */
    @Test
    void letsAllElsePassHoweverItIsCut() throws IOException {
        String longPublish = "30" + "8801" + "0001" + "74" + PUBREC_7.repeat(33) + "aa";
        String all = longPublish + "c000" + "5003000700" + "500400090000" + "40020007" + PUBCOMP_7;
        for (int size = 1; size < 20; size++) {
            wire.reset();
            connect();
            byte[] bytes = HexFormat.of().parseHex(all);
            for (int i = 0; i < bytes.length; i += size) {
                out.write(bytes, i, Math.min(size, bytes.length - i));
            }
            assertEquals(all, written(), "by " + size);
        }
    }
}
