// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A network namespace of this host: a network stack of its own. Closing it kills what runs in it and removes it. */
final class Namespace implements AutoCloseable {

    private static final int END_SECONDS_MAX = 10;

    private final String name;

    private Namespace(String name) {
        this.name = name;
    }

    static Namespace create(String name) {
        HostTool.run("ip", "netns", "add", name);
        Namespace namespace = new Namespace(name);
        namespace.ip("link set lo up");
        // Only IPv4 is looked at here, and IPv6 talks by itself.
        namespace.run("sh", "-c", "echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6 || true");
        return namespace;
    }

    /** One that exists. */
    static Namespace existing(String name) {
        return new Namespace(name);
    }

    /** The names of all that exist on this host. */
    static List<String> names() {
        // Each line is a name and perhaps an id.
        return HostTool.run("ip", "netns", "list")
                .lines()
                .map(line -> line.split(" ", 2)[0])
                .toList();
    }

    String name() {
        return name;
    }

    /** What a command has to begin with to run inside; the process that is started becomes the command. */
    List<String> entering() {
        return List.of("ip", "netns", "exec", name);
    }

    /** Runs commands of ip(8), without the word ip. */
    void ip(String... commands) {
        HostTool.run(List.of("ip", "-n", name, "-batch", "-"), String.join("\n", commands) + "\n");
    }

    /** Replaces the packet filter. */
    void filter(String rules) {
        HostTool.run(within("nft", "-f", "-"), "flush ruleset\n" + rules);
    }

    String run(String... command) {
        return HostTool.run(within(command), "");
    }

    private List<String> within(String... command) {
        List<String> all = new ArrayList<>(entering());
        all.addAll(List.of(command));
        return all;
    }

    /** Starts a command that says one line when it is up, and returns that line. */
    String startService(String... command) {
        return Services.start(within(command));
    }

    @Override
    public void close() {
        HostTool.run("ip", "netns", "pids", name).lines().map(Long::valueOf).forEach(Namespace::kill);
        HostTool.run("ip", "netns", "del", name);
    }

    private static void kill(long pid) {
        ProcessHandle.of(pid).ifPresent(process -> {
            process.destroyForcibly();
            try {
                process.onExit().get(END_SECONDS_MAX, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException e) {
                throw new IllegalStateException("process " + pid + " does not end", e);
            }
        });
    }
}
