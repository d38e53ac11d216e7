// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.config;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.felix.utils.properties.TypedProperties;
import org.apache.felix.utils.properties.TypedProperties.SubstitutionCallback;

/**
 * A file of configuration as people write it: keys with comments between them, and placeholders in their values.
 *
 * @param file a {@code .cfg} or {@code .config} that exists
 * @param charset how it is read and written
 * @param placeholders what stands for a <code>${...}</code>
 */
record ConfigurationFile(Path file, Charset charset, SubstitutionCallback placeholders) {

    /**
     * Sees to it that a reader of the file finds just these values. A value that it already has stays as it is written
     * there, and a file that has them all is not touched. At every moment the file is either the old or the new one.
     *
     * @return the keys that changed, in alphabetical order
     * @throws IOException if the file can't be read or written, or the charset lacks a letter; it is the old one then
     */
    Set<String> keep(Map<String, Object> values) throws IOException {
        TypedProperties written = load(new TypedProperties(false));
        TypedProperties meant = load(new TypedProperties(placeholders));
        Set<String> changed = new TreeSet<>();
        for (String key : Set.copyOf(written.keySet())) {
            if (!values.containsKey(key)) {
                written.remove(key);
                changed.add(key);
            }
        }
        values.forEach((key, value) -> {
            if (!isSame(meant.get(key), value)) {
                written.put(key, isScalar(value) ? value.toString() : value);
                changed.add(key);
            }
        });
        if (!changed.isEmpty()) {
            replaceWith(written);
        }
        return changed;
    }

    private TypedProperties load(TypedProperties properties) throws IOException {
        try (Reader reader = Files.newBufferedReader(file, charset)) {
            properties.load(reader);
        }
        return properties;
    }

    /** In a file without types 5 is what "5" is. */
    private static boolean isSame(Object held, Object told) {
        return Objects.deepEquals(held, told)
                || held instanceof String && isScalar(told) && held.equals(told.toString());
    }

    private static boolean isScalar(Object value) {
        return value instanceof Number || value instanceof Boolean || value instanceof Character;
    }

    private void replaceWith(TypedProperties properties) throws IOException {
        StringWriter text = new StringWriter();
        properties.save(text);
        // Felix escapes what the charset lacks in plain values, but not in those with types.
        ByteBuffer bytes = charset.newEncoder().encode(CharBuffer.wrap(text.getBuffer()));
        // The name ends so that nobody who watches the folder takes it for configuration.
        Path target = file.toRealPath();
        Path fresh = target.resolveSibling(target.getFileName() + ".new");
        try {
            Files.copy(target, fresh, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel channel =
                    FileChannel.open(fresh, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
