// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes a body as JSON in ASCII, key by key. What is null is left out. It refuses what a reference peer must not be
 * sent: addresses that are not literal, ports and NAT types that do not exist.
 */
final class JsonObject {

    private static final JsonFactory FACTORY =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    /** What pings and pongs, which are most of all bodies, have for keys: to look one up is faster than to escape it anew. */
    private static final Map<String, SerializableString> KEYS = Stream.of(
                    "requesterPeerId",
                    "responderPeerId",
                    "natType",
                    "cacheSize",
                    "cacheSummaryHash",
                    "isConnection",
                    "isReflection",
                    "isProbe",
                    "reflectionId",
                    "pingId",
                    "probeExternalPort",
                    "address",
                    "port",
                    "uptime",
                    "timestamp")
            .collect(Collectors.toMap(key -> key, SerializedString::new));

    private final JsonText out = new JsonText();
    private final JsonGenerator json;

    JsonObject() {
        try {
            json = FACTORY.createGenerator(out);
            json.writeStartObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonObject id(String key, Id value) {
        return value == null
                ? this
                : member(key, () -> {
                    byte[] digits = new byte[2 * Id.BYTES];
                    for (int i = 0; i < digits.length; i++) {
                        digits[i] = Digests.hexDigit(value.nibble(i));
                    }
                    json.writeRawUTF8String(digits, 0, digits.length);
                });
    }

    JsonObject text(String key, String value) {
        return value == null ? this : member(key, () -> json.writeString(value));
    }

    JsonObject number(String key, Long value) {
        return value == null ? this : member(key, () -> json.writeNumber(value));
    }

    /** Writes true, and leaves out what is false. */
    JsonObject flag(String key, boolean value) {
        return value ? bool(key, true) : this;
    }

    JsonObject bool(String key, boolean value) {
        return member(key, () -> json.writeBoolean(value));
    }

    JsonObject raw(String key, String value) {
        return member(key, () -> json.writeRawValue(value));
    }

    JsonObject natType(String key, Integer value) {
        if (value != null && !NatTypes.isValid(value)) {
            throw new IllegalArgumentException(key + " is a NAT type, not " + value);
        }
        return number(key, value == null ? null : value.longValue());
    }

    JsonObject port(String key, Integer value) {
        if (value != null && (value < 1 || value > 65535)) {
            throw new IllegalArgumentException(key + " lies between 1 and 65535, not " + value);
        }
        return number(key, value == null ? null : value.longValue());
    }

    JsonObject address(String key, String value) {
        if (value != null && !Endpoint.isLiteral(value)) {
            throw new IllegalArgumentException(key + " is a literal IPv4 address, not '" + value + "'");
        }
        return text(key, value);
    }

    JsonText end() {
        write(() -> {
            json.writeEndObject();
            json.close();
        });
        return out;
    }

    private JsonObject member(String key, Step value) {
        return write(() -> {
            SerializableString name = KEYS.get(key);
            if (name == null) {
                json.writeFieldName(key);
            } else {
                json.writeFieldName(name);
            }
            value.run();
        });
    }

    private JsonObject write(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Writing to memory does not fail, but the generator's methods say that they may. */
    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }
}
