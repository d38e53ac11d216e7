// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The other end of a {@link io.streamrelay.itests.interop.PeerProcess}: takes one JSON object a line from stdin as a
 * command and answers on stdout. Thread-safe after {@link #run}.
 */
public final class CommandLoop {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Command> commands = new LinkedHashMap<>();

    /** What a command does with its options; what it throws is its refusal. */
    @FunctionalInterface
    public interface Command {
        ObjectNode obey(JsonNode options) throws IOException, InterruptedException;
    }

    public CommandLoop on(String name, Command command) {
        commands.put(name, command);
        return this;
    }

    public static ObjectNode line() {
        return JSON.createObjectNode();
    }

    /** Says that something has happened. */
    public void tell(String event, ObjectNode about) {
        print(about.put("event", event));
    }

    private synchronized void print(ObjectNode line) {
        System.out.println(line);
    }

    /** Obeys until the input ends. */
    public void run() throws IOException, InterruptedException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            JsonNode options = JSON.readTree(line);
            print(answer(options).put("reply", options.get("id").asLong()));
        }
    }

    private ObjectNode answer(JsonNode options) throws InterruptedException {
        String name = options.get("command").asText();
        Command command = commands.get(name);
        if (command == null) {
            return line().put("error", "unknown command '" + name + "'");
        }
        try {
            return command.obey(options);
        } catch (IOException | RuntimeException e) {
            return line().put("error", e.toString());
        }
    }
}
