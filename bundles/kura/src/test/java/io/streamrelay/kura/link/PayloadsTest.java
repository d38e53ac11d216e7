// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.kura.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Message;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.marshalling.Unmarshaller;
import org.eclipse.kura.message.KuraPayload;
import org.junit.jupiter.api.Test;

class PayloadsTest {

    /** Knows one text. */
    private static final Unmarshaller ONE = new Unmarshaller() {
        @Override
        public <T> T unmarshal(String string, Class<T> clazz) throws KuraException {
            if (!string.equals("{\"t\":1}")) {
                throw new KuraException(KuraErrorCode.DECODER_ERROR, null, string);
            }
            KuraPayload payload = new KuraPayload();
            payload.addMetric("t", 1);
            return clazz.cast(payload);
        }
    };

    private final Payloads payloads = new Payloads();

    private static KuraPayload withBody(String text) {
        KuraPayload payload = new KuraPayload();
        payload.setBody(text.getBytes(UTF_8));
        return payload;
    }

    @Test
    void rawIsTheBody() throws KuraException {
        assertArrayEquals("21.5".getBytes(UTF_8), payloads.bytes(withBody("21.5"), Payloads.RAW));
        assertArrayEquals(
                "{\"t\":1}".getBytes(UTF_8),
                payloads.payload("{\"t\":1}".getBytes(UTF_8), Payloads.RAW).getBody());
    }

    @Test
    void rawWithoutABodyIsRefused() {
        KuraException refusal =
                assertThrows(KuraException.class, () -> payloads.bytes(new KuraPayload(), Payloads.RAW));
        assertEquals(KuraErrorCode.INVALID_PARAMETER, refusal.getCode());
        assertThrows(KuraException.class, () -> payloads.bytes(null, Payloads.JSON));
    }

    @Test
    void jsonIsKuras() throws KuraException {
        assertThrows(KuraException.class, () -> payloads.bytes(withBody("x"), Payloads.JSON));
        payloads.marshaller(object -> "{\"t\":1}");
        payloads.unmarshaller(ONE);
        byte[] bytes = payloads.bytes(withBody("x"), Payloads.JSON);
        assertEquals(1, payloads.payload(bytes, Payloads.JSON).getMetric("t"));
    }

    @Test
    void whatIsNotKurasJsonIsTheBody() {
        payloads.unmarshaller(ONE);
        for (String text : new String[] {"21.5", "{\"temperature\":21.5}", "{", ""}) {
            KuraPayload payload = payloads.payload(text.getBytes(UTF_8), Payloads.JSON);
            assertArrayEquals(text.getBytes(UTF_8), payload.getBody());
            assertNull(payload.getMetric("t"));
            assertTrue(payload.metrics().isEmpty());
        }
    }

    @Test
    void jsonIsReadWhenKuraCanReadIt() {
        assertTrue(payloads.reads(Payloads.RAW));
        assertFalse(payloads.reads(Payloads.JSON));
        payloads.unmarshaller(ONE);
        assertTrue(payloads.reads(Payloads.JSON));
        payloads.forget(ONE);
        assertFalse(payloads.reads(Payloads.JSON));
    }

    @Test
    void aMessageSaysWhatItIs() throws KuraException {
        Message raw = payloads.message("plant/x", withBody("21.5"), 2, true, Payloads.RAW);
        assertEquals("plant/x", raw.topic());
        assertEquals(2, raw.qos());
        assertTrue(raw.retained());
        assertNull(raw.contentType());
        payloads.marshaller(object -> "{}");
        assertEquals(
                "application/json",
                payloads.message("plant/x", withBody("21.5"), 1, false, Payloads.JSON)
                        .contentType());
        KuraException refusal = assertThrows(
                KuraException.class, () -> payloads.message("plant/#", withBody("21.5"), 1, false, Payloads.RAW));
        assertTrue(refusal.getMessage().contains("plant/#"), refusal.getMessage());
    }
}
