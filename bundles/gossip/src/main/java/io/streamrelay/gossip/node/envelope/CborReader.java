// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node.envelope;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import java.io.Closeable;
import java.io.IOException;

/** Reads nested CBOR arrays, element by element; whatever is not there as asked for is an IOException. */
public final class CborReader implements Closeable {

    private final CBORParser parser;
    private JsonToken next;

    public CborReader(byte[] bytes) throws IOException {
        parser = Cbor.parser(bytes);
        next = parser.nextToken();
    }

    public void openArray() throws IOException {
        expect(JsonToken.START_ARRAY);
        next = parser.nextToken();
    }

    /** Whether the array has another element. */
    public boolean more() throws IOException {
        if (next == null) {
            throw new MalformedCborException("the bytes end early");
        }
        return next != JsonToken.END_ARRAY;
    }

    /** Whether what comes next is an array. */
    public boolean isArray() {
        return next == JsonToken.START_ARRAY;
    }

    /** Ends an array, over elements that were not asked for. */
    public void closeArray() throws IOException {
        while (more()) {
            parser.skipChildren();
            next = parser.nextToken();
        }
        next = parser.nextToken();
    }

    /** A whole number within bounds, both included. */
    public long integer(long min, long max) throws IOException {
        expect(JsonToken.VALUE_NUMBER_INT);
        long value = parser.getLongValue();
        if (value < min || value > max) {
            throw new MalformedCborException(value + " is not between " + min + " and " + max);
        }
        next = parser.nextToken();
        return value;
    }

    public String text(int maxChars) throws IOException {
        expect(JsonToken.VALUE_STRING);
        String text = parser.getText();
        if (text.length() > maxChars) {
            throw new MalformedCborException("a text of " + text.length() + " characters");
        }
        next = parser.nextToken();
        return text;
    }

    public String textOrNull(int maxChars) throws IOException {
        if (next != JsonToken.VALUE_NULL) {
            return text(maxChars);
        }
        next = parser.nextToken();
        return null;
    }

    public byte[] bytes() throws IOException {
        expect(JsonToken.VALUE_EMBEDDED_OBJECT);
        byte[] bytes = parser.getBinaryValue();
        next = parser.nextToken();
        return bytes;
    }

    public byte[] bytesOrNull() throws IOException {
        if (next != JsonToken.VALUE_NULL) {
            return bytes();
        }
        next = parser.nextToken();
        return null;
    }

    /** Makes sure that nothing follows. */
    public void end() throws IOException {
        if (next != null) {
            throw new MalformedCborException("more bytes follow");
        }
    }

    private void expect(JsonToken token) throws IOException {
        if (next != token) {
            throw new MalformedCborException(token + " is expected, not " + next);
        }
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
