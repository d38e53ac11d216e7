// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.equinox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.marshalling.Marshaller;
import org.eclipse.kura.marshalling.Unmarshaller;
import org.eclipse.kura.message.KuraPayload;

/** Writes metrics that are numbers or texts as Kura's JSON marshaller does. */
final class StandInJson implements Marshaller, Unmarshaller {

    private final ObjectMapper json = new ObjectMapper();

    @Override
    public String marshal(Object object) throws KuraException {
        try {
            return json.writeValueAsString(Map.of("metrics", ((KuraPayload) object).metrics()));
        } catch (JsonProcessingException e) {
            throw new KuraException(KuraErrorCode.ENCODE_ERROR, e, object);
        }
    }

    @Override
    public <T> T unmarshal(String string, Class<T> clazz) throws KuraException {
        try {
            JsonNode metrics = json.readTree(string).path("metrics");
            if (!metrics.isObject()) {
                throw new KuraException(KuraErrorCode.DECODER_ERROR, null, string);
            }
            KuraPayload payload = new KuraPayload();
            metrics.properties().forEach(each -> payload.addMetric(each.getKey(), value(each.getValue())));
            return clazz.cast(payload);
        } catch (JsonProcessingException e) {
            throw new KuraException(KuraErrorCode.DECODER_ERROR, e, string);
        }
    }

    private static Object value(JsonNode node) {
        return node.isNumber() ? node.numberValue() : node.asText();
    }
}
