// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.kura.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamrelay.api.Message;
import io.streamrelay.api.TopicFilter;
import java.util.List;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.marshalling.Marshaller;
import org.eclipse.kura.marshalling.Unmarshaller;
import org.eclipse.kura.message.KuraPayload;

/** Kura's payloads as messages and back, in Kura's own JSON or as the body alone. */
public final class Payloads {

    public static final String JSON = "json";
    public static final String RAW = "raw";

    /** Selects Kura's services for JSON; it has others. */
    public static final String JSON_SERVICES =
            "(kura.service.pid=org.eclipse.kura.json.marshaller.unmarshaller.provider)";

    private static final String JSON_TYPE = "application/json";

    private volatile Marshaller marshaller;
    private volatile Unmarshaller unmarshaller;

    public void marshaller(Marshaller service) {
        marshaller = service;
    }

    public void unmarshaller(Unmarshaller service) {
        unmarshaller = service;
    }

    /** One of both has gone; another may have come before. */
    public void forget(Object service) {
        marshaller = marshaller == service ? null : marshaller;
        unmarshaller = unmarshaller == service ? null : unmarshaller;
    }

    /** Whether what comes can be read now; Kura's JSON needs a service of Kura's. */
    public boolean reads(String format) {
        return !format.equals(JSON) || unmarshaller != null;
    }

    /**
     * @param format {@link #JSON} or {@link #RAW}
     * @throws KuraException when the payload has no such form, or the topic is none
     */
    public Message message(String topic, KuraPayload payload, int qos, boolean retain, String format)
            throws KuraException {
        byte[] bytes = bytes(payload, format);
        if (!TopicFilter.isTopic(topic)) {
            throw new KuraException(
                    KuraErrorCode.INVALID_PARAMETER, null, "topic: '" + topic + "' is none that MQTT can publish to");
        }
        try {
            return new Message(topic, bytes, qos, retain, format.equals(JSON) ? JSON_TYPE : null, List.of());
        } catch (IllegalArgumentException e) {
            throw new KuraException(KuraErrorCode.INVALID_PARAMETER, e, e.getMessage());
        }
    }

    byte[] bytes(KuraPayload payload, String format) throws KuraException {
        if (payload == null) {
            throw new KuraException(KuraErrorCode.INVALID_PARAMETER, null, "the message has no payload");
        }
        if (format.equals(RAW)) {
            if (payload.getBody() == null) {
                throw new KuraException(
                        KuraErrorCode.INVALID_PARAMETER,
                        null,
                        "the payload has no body, which is all that the format raw carries; json carries metrics");
            }
            return payload.getBody();
        }
        Marshaller json = marshaller;
        if (json == null) {
            throw new KuraException(KuraErrorCode.ENCODE_ERROR, null, "Kura's JSON marshaller is not there");
        }
        return json.marshal(payload).getBytes(UTF_8);
    }

    /** What is no JSON of Kura's is the body, whoever sent it. */
    public KuraPayload payload(byte[] bytes, String format) {
        Unmarshaller json = unmarshaller;
        if (format.equals(JSON) && json != null && bytes.length > 0 && bytes[0] == '{') {
            try {
                KuraPayload payload = json.unmarshal(new String(bytes, UTF_8), KuraPayload.class);
                if (payload != null) {
                    return payload;
                }
            } catch (KuraException | RuntimeException e) {
                // Another's JSON.
            }
        }
        KuraPayload payload = new KuraPayload();
        payload.setBody(bytes);
        return payload;
    }
}
