// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.interop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process that runs {@code peer.mjs}, or obeys as it does: a JSON object a line goes in as a command and comes out as
 * answer or event.
 */
public final class PeerProcess implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long ANSWER_SECONDS_MAX = 120;
    private static final long END_SECONDS_MAX = 5;

    private final Map<Long, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
    private final Journal<JsonNode> events = new Journal<>();
    private final Process process;
    /** What it is for the user: the program, and its number. */
    private final String name;

    private final Writer commands;
    private long lastId;

    public PeerProcess(ProcessBuilder builder) {
        try {
            process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> command = builder.command();
        name = "process " + process.pid() + ", " + command.get(command.size() - 1) + ",";
        commands = process.outputWriter(StandardCharsets.UTF_8);
        Thread reader = new Thread(this::read, "peer-process-" + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    public Journal<JsonNode> events() {
        return events;
    }

    public static ObjectNode options() {
        return JSON.createObjectNode();
    }

    static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Gives a command and waits for its answer.
     *
     * @throws IllegalStateException with the reference's own words, when it refused or did not answer
     */
    public JsonNode ask(String command, ObjectNode options) {
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        send(command, options, answer);
        try {
            return answer.get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(command + ": " + e.getCause().getMessage(), e);
        } catch (TimeoutException e) {
            throw new IllegalStateException(command + ": no answer within " + ANSWER_SECONDS_MAX + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(command + ": interrupted", e);
        }
    }

    private synchronized void send(String command, ObjectNode options, CompletableFuture<JsonNode> answer) {
        long id = ++lastId;
        asked.put(id, answer);
        try {
            commands.write(options.put("id", id).put("command", command) + "\n");
            commands.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " has ended", e);
        }
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                take(JSON.readTree(line));
            }
        } catch (IOException e) {
            failAll(e);
        }
        failAll(new IOException(name + " has ended"));
    }

    private void take(JsonNode line) {
        if (!line.has("reply")) {
            events.add(line);
            return;
        }
        CompletableFuture<JsonNode> answer = asked.remove(line.get("reply").asLong());
        if (line.has("error")) {
            answer.completeExceptionally(new IOException(line.get("error").asText()));
        } else {
            answer.complete(line);
        }
    }

    private void failAll(IOException cause) {
        asked.values().forEach(answer -> answer.completeExceptionally(cause));
    }

    public long pid() {
        return process.pid();
    }

    /** Ends it with SIGKILL, wherever it stands, and waits for the end. */
    public void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the process by ending its input, or by force when it does not follow. */
    @Override
    public void close() {
        try {
            commands.close();
            if (!process.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
