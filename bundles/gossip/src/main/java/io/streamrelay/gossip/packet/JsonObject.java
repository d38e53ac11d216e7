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
 * sent: addresses that are not literal, ports and NAT types that do not exist. Writing to memory does not fail, but the
 * generator's methods say that they may.
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
        if (value == null) {
            return this;
        }
        byte[] digits = new byte[2 * Id.BYTES];
        for (int i = 0; i < digits.length; i++) {
            digits[i] = Digests.hexDigit(value.nibble(i));
        }
        try {
            name(key);
            json.writeRawUTF8String(digits, 0, digits.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    JsonObject text(String key, String value) {
        if (value == null) {
            return this;
        }
        try {
            name(key);
            json.writeString(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    JsonObject number(String key, Long value) {
        return value == null ? this : number(key, value.longValue());
    }

    private JsonObject number(String key, long value) {
        try {
            name(key);
            json.writeNumber(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Writes true, and leaves out what is false. */
    JsonObject flag(String key, boolean value) {
        return value ? bool(key, true) : this;
    }

    JsonObject bool(String key, boolean value) {
        try {
            name(key);
            json.writeBoolean(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    JsonObject raw(String key, String value) {
        try {
            name(key);
            json.writeRawValue(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    JsonObject natType(String key, Integer value) {
        if (value != null && !NatTypes.isValid(value)) {
            throw new IllegalArgumentException(key + " is a NAT type, not " + value);
        }
        return value == null ? this : number(key, value.longValue());
    }

    JsonObject port(String key, Integer value) {
        if (value != null && (value < 1 || value > 65535)) {
            throw new IllegalArgumentException(key + " lies between 1 and 65535, not " + value);
        }
        return value == null ? this : number(key, value.longValue());
    }

    JsonObject address(String key, String value) {
        if (value != null && !Endpoint.isLiteral(value)) {
            throw new IllegalArgumentException(key + " is a literal IPv4 address, not '" + value + "'");
        }
        return text(key, value);
    }

    JsonText end() {
        try {
            json.writeEndObject();
            json.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out;
    }

    private void name(String key) throws IOException {
        SerializableString name = KEYS.get(key);
        if (name == null) {
            json.writeFieldName(key);
        } else {
            json.writeFieldName(name);
        }
    }
}
