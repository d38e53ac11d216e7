// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.crypto;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads the conformance vectors, which the reference made. */
final class Vectors {

    private Vectors() {}

    static JsonNode read(String file) throws IOException {
        return new ObjectMapper()
                .readTree(Path.of(System.getProperty("srp.vectors"), file).toFile());
    }

    static Stream<JsonNode> entries(String file) throws IOException {
        return StreamSupport.stream(read(file).spliterator(), false);
    }

    static byte[] bytes(JsonNode vector, String field) {
        return hex(text(vector, field));
    }

    static String text(JsonNode vector, String field) {
        return vector.required(field).textValue();
    }

    static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
