// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.SerializedString;
import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The keys and values of a body that is one JSON object, to be taken out one by one; what is then left is unknown.
 * Every getter gives null (or false) for an absent key.
 */
final class JsonFields {

    /** Enough for any meta of a head; the other bodies are flat. */
    private static final int NESTING_MAX = 8;

    /** Up to here JavaScript's numbers, which are doubles, hold every integer. */
    private static final long COUNT_MAX = (1L << 53) - 1;

    /** A bit for each hex digit: every ping brings some, and {@link java.util.HexFormat} of Java 17 takes longer. */
    private static final long DIGITS_BELOW_64 = 0x3ffL << '0';

    private static final long DIGITS_FROM_64 = (0x3fL << ('A' - 64)) | (0x3fL << ('a' - 64));

    private static final Object NULL = new Object();

    /** Keys of the object itself are looked up here; those in the value of another only the parser sees. */
    private static final JsonFactory FLAT = factory(false);

    private static final JsonFactory NESTED = factory(true);

    /** The keys of our pings, which most bodies are, in their order: what is expected is compared, and no text is made of it. */
    private static final List<SerializableString> EXPECTED = Stream.of(
                    "requesterPeerId",
                    "natType",
                    "cacheSize",
                    "isConnection",
                    "cacheSummaryHash",
                    "pingId",
                    "uptime",
                    "timestamp")
            .<SerializableString>map(SerializedString::new)
            .toList();

    private static JsonFactory factory(boolean refusesKeysTwice) {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(NESTING_MAX)
                        .maxDocumentLength(Field.MESSAGE.maxBytes())
                        .maxNumberLength(32)
                        .build())
                .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION, refusesKeysTwice)
                // Hostile keys must not fill tables that live on.
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .build();
    }

    private final Map<String, Object> values = new HashMap<>();

    private JsonFields() {}

    /** Reads the message of a packet, as a flat object. */
    static JsonFields read(Packet packet) throws BadBody {
        return readNested(packet, null);
    }

    /** Reads the message of a packet, as an object in which one key may have an object for its value. */
    static JsonFields readNested(Packet packet, String nestedKey) throws BadBody {
        // As text, for of bytes the parser would guess other encodings than UTF-8.
        String text = new String(
                packet.bytes(), packet.offset(Field.MESSAGE), packet.length(Field.MESSAGE), StandardCharsets.UTF_8);
        JsonFields fields = new JsonFields();
        try (JsonParser parser = (nestedKey == null ? FLAT : NESTED).createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new BadBody(DropReason.BAD_JSON);
            }
            int place = 0;
            for (String key = key(parser, place); key != null; key = key(parser, place)) {
                place++;
                boolean nested = parser.nextToken() == JsonToken.START_OBJECT && key.equals(nestedKey);
                if (fields.values.put(key, nested ? nestedText(parser, text) : scalar(parser)) != null) {
                    throw new BadBody(DropReason.BAD_JSON);
                }
            }
            if (parser.nextToken() != null) {
                throw new BadBody(DropReason.BAD_JSON);
            }
            return fields;
        } catch (IOException e) {
            throw new BadBody(DropReason.BAD_JSON);
        }
    }

    /** The next key, or null at the end. @param place how many were before it */
    private static String key(JsonParser parser, int place) throws IOException {
        if (place >= EXPECTED.size()) {
            return parser.nextFieldName();
        }
        SerializableString expected = EXPECTED.get(place);
        if (parser.nextFieldName(expected)) {
            return expected.getValue();
        }
        return parser.currentToken() == JsonToken.FIELD_NAME ? parser.currentName() : null;
    }

    private static Object scalar(JsonParser parser) throws IOException, BadBody {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> parser.getText();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
            case VALUE_NULL -> NULL;
            default -> throw new BadBody(DropReason.BAD_VALUE);
        };
    }

    /** A Long, where the text is one. */
    private static Number number(JsonParser parser) throws IOException {
        return switch (parser.getNumberType()) {
            case INT, LONG -> parser.getLongValue();
            default -> parser.getDoubleValue();
        };
    }

    private static Nested nestedText(JsonParser parser, String text) throws IOException {
        int from = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        return new Nested(text.substring(from, (int) parser.currentLocation().getCharOffset()));
    }

    private record Nested(String text) {}

    /** A value that must be there. */
    static <T> T required(T value) throws BadBody {
        if (value == null) {
            throw new BadBody(DropReason.MISSING_KEY);
        }
        return value;
    }

    Id requiredId(String key) throws BadBody {
        return required(id(key));
    }

    /** 64 hex digits; their case does not matter. */
    Id id(String key) throws BadBody {
        String text = take(key, String.class);
        try {
            return text == null ? null : Id.ofHex(text);
        } catch (IllegalArgumentException e) {
            throw new BadBody(DropReason.BAD_ID);
        }
    }

    /** At least {@code min} and at most {@code max} hex digits. */
    String hex(String key, int min, int max) throws BadBody {
        String text = take(key, String.class);
        if (text != null && !isHex(text, min, max)) {
            throw new BadBody(DropReason.BAD_VALUE);
        }
        return text;
    }

    /** At most {@code max} characters. */
    String text(String key, int max) throws BadBody {
        String text = take(key, String.class);
        if (text != null && text.length() > max) {
            throw new BadBody(DropReason.BAD_VALUE);
        }
        return text;
    }

    /** A literal IPv4 address. */
    String address(String key) throws BadBody {
        String text = take(key, String.class);
        if (text != null && !Endpoint.isLiteral(text)) {
            throw new BadBody(DropReason.BAD_ADDRESS);
        }
        return text;
    }

    /** 1 to 65535. */
    Integer port(String key) throws BadBody {
        Long number = count(key);
        if (number != null && (number < 1 || number > 65535)) {
            throw new BadBody(DropReason.BAD_PORT);
        }
        return number == null ? null : number.intValue();
    }

    /** A NAT type, null only when the key is absent. */
    Integer natType(String key) throws BadBody {
        Long number = count(key);
        if (number != null && (number > Integer.MAX_VALUE || !NatTypes.isValid(number.intValue()))) {
            throw new BadBody(DropReason.BAD_NAT_TYPE);
        }
        return number == null ? null : number.intValue();
    }

    /** A NAT type, or null as the reference writes it while it does not know. */
    Integer natTypeOrNull(String key) throws BadBody {
        if (values.remove(key, NULL)) {
            return null;
        }
        return natType(key);
    }

    /** A whole number, 0 to 2^53 - 1, however it is written. */
    Long count(String key) throws BadBody {
        Number number = take(key, Number.class);
        if (number == null) {
            return null;
        }
        long count = number.longValue();
        if (count < 0 || count > COUNT_MAX || number instanceof Double && number.doubleValue() != count) {
            throw new BadBody(DropReason.BAD_VALUE);
        }
        return count;
    }

    boolean flag(String key) throws BadBody {
        Boolean flag = take(key, Boolean.class);
        return flag != null && flag;
    }

    /** The text of the object that {@link #readNested} was told of. */
    String nested(String key) throws BadBody {
        Nested nested = take(key, Nested.class);
        return nested == null ? null : nested.text();
    }

    /** Everything known was taken out. */
    void end() throws BadBody {
        if (!values.isEmpty()) {
            throw new BadBody(DropReason.UNKNOWN_KEY);
        }
    }

    private <T> T take(String key, Class<T> type) throws BadBody {
        Object value = values.remove(key);
        if (value != null && !type.isInstance(value)) {
            throw new BadBody(DropReason.BAD_VALUE);
        }
        return type.cast(value);
    }

    private static boolean isHex(String text, int min, int max) {
        if (text.length() < min || text.length() > max) {
            return false;
        }
        long areDigits = 1;
        int bits = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            areDigits &= (c < 64 ? DIGITS_BELOW_64 : DIGITS_FROM_64) >>> c;
            bits |= c;
        }
        return areDigits == 1 && bits < 128;
    }
}
