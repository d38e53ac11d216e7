// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.karaf.container;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.apache.karaf.shell.support.parsing.CommandLineImpl;

/** A session of Karaf's shell, and what it prints. */
final class Shell implements AutoCloseable {

    private static final String SCOPE = "srp";

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final SessionFactory factory;
    private final Session session;

    Shell(SessionFactory factory) {
        this.factory = factory;
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        session = factory.create(new ByteArrayInputStream(new byte[0]), out, out);
    }

    /** The gateway's commands, without their scope. */
    List<String> commands() {
        return factory.getRegistry().getCommands().stream()
                .filter(command -> command.getScope().equals(SCOPE))
                .map(Command::getName)
                .sorted()
                .collect(Collectors.toList());
    }

    /** Runs one line and tells what it printed. */
    String run(String line) throws Exception {
        printed.reset();
        session.execute(line);
        return printed();
    }

    /** What was printed since the last line began. */
    String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    /** What the Tab key offers after a command and the beginning of its first argument. */
    List<String> completions(String command, String begun) {
        Command found = factory.getRegistry().getCommand(SCOPE, command);
        String line = command + " " + begun;
        CommandLineImpl typed =
                new CommandLineImpl(new String[] {command, begun}, 1, begun.length(), line.length(), line);
        List<String> offered = new ArrayList<>();
        found.getCompleter(true).complete(session, typed, offered);
        return offered.stream().map(String::strip).collect(Collectors.toList());
    }

    @Override
    public void close() {
        session.close();
    }
}
