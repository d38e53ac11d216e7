// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.kura.cloud;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.marshalling.Marshaller;
import org.eclipse.kura.marshalling.Unmarshaller;
import org.eclipse.kura.message.KuraPayload;

/** Kura's payloads as bytes and back, in Kura's own JSON or as the body alone. */
final class Payloads {

    static final String JSON = "json";
    static final String RAW = "raw";

    private volatile Marshaller marshaller;
    private volatile Unmarshaller unmarshaller;

    void marshaller(Marshaller service) {
        marshaller = service;
    }

    void unmarshaller(Unmarshaller service) {
        unmarshaller = service;
    }

    /** One of both has gone; another may have come before. */
    void forget(Object service) {
        marshaller = marshaller == service ? null : marshaller;
        unmarshaller = unmarshaller == service ? null : unmarshaller;
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
    KuraPayload payload(byte[] bytes, String format) {
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
