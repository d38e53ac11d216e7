// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The consumers once more, beside the database: one line each, number and name. A store that forgets a consumer when its
 * database is damaged hands what comes before that consumer is back to nobody.
 */
final class ConsumersFile {

    private static final Logger LOG = LoggerFactory.getLogger(ConsumersFile.class);

    private final StateFile file;

    ConsumersFile(StateFile file) {
        this.file = file;
    }

    /**
     * The consumers' names and numbers. A damaged file is passed over: the database has them, too.
     *
     * @throws IOException when it cannot be read
     */
    Map<String, Integer> read() throws IOException {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        try {
            Optional<List<String>> lines = file.read();
            for (String line : lines.orElse(List.of())) {
                int space = line.indexOf(' ');
                String name = URLDecoder.decode(line.substring(space + 1), StandardCharsets.UTF_8);
                numbers.put(name, Integer.parseInt(line.substring(0, space)));
            }
        } catch (DamagedFileException | IllegalArgumentException | IndexOutOfBoundsException e) {
            LOG.warn("{} is damaged and is written anew from the database ({})", file.path(), e.getMessage());
            return Map.of();
        }
        return numbers;
    }

    /** Replaces the file; when that fails it is made up for at the next start. */
    void keep(Map<String, Integer> numbers) {
        try {
            file.write(numbers.entrySet().stream()
                    .map(each -> each.getValue() + " " + URLEncoder.encode(each.getKey(), StandardCharsets.UTF_8))
                    .toList());
        } catch (IOException e) {
            LOG.warn("{} cannot be written: {}", file.path(), e.toString());
        }
    }
}
