// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.gogo;

import io.streamrelay.console.command.Invited;
import io.streamrelay.console.command.Listening;
import io.streamrelay.console.command.Operations;
import io.streamrelay.console.command.Reports;
import io.streamrelay.console.join.JoinOptions;
import io.streamrelay.console.text.Report;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;

/**
 * The commands as Gogo wants them: a public method for each, whose parameters with names are options. An argument that may
 * be left out is a method of its own.
 */
public final class GogoCommands {

    private static final String JSON = "--json";
    private static final String TRUE = "true";
    private static final String FALSE = "false";

    /** Gogo tells no width; what nearly every terminal has. */
    private static final int COLUMNS = 80;

    private final Reports reports;
    private final Operations operations;

    GogoCommands(Reports reports, Operations operations) {
        this.reports = reports;
        this.operations = operations;
    }

    /** What is offered: this class' own public methods. */
    static String[] names() {
        return Arrays.stream(GogoCommands.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .map(Method::getName)
                .distinct()
                .sorted()
                .toArray(String[]::new);
    }

    private static void print(Report report, boolean json) {
        report.print(json).forEach(System.out::println);
    }

    @Descriptor("Says in five lines whether all is well, and what to do if not")
    public void status(@Parameter(names = JSON, presentValue = TRUE, absentValue = FALSE) boolean json) {
        print(reports.status(), json);
    }

    @Descriptor("Lists the peers and says whether each is up to date")
    public void peers(@Parameter(names = JSON, presentValue = TRUE, absentValue = FALSE) boolean json) {
        print(reports.peers(null), json);
    }

    @Descriptor("Says whether a peer is up to date, and where what it lacks is")
    public void peers(
            @Parameter(names = JSON, presentValue = TRUE, absentValue = FALSE) boolean json,
            @Descriptor("The first digits of the peer's id") String peer) {
        print(reports.peers(peer), json);
    }

    @Descriptor("Lists the subclusters of this gateway")
    public void subclusters(@Parameter(names = JSON, presentValue = TRUE, absentValue = FALSE) boolean json) {
        print(reports.subclusters(), json);
    }

    @Descriptor("Shows what this gateway holds")
    public void store(@Parameter(names = JSON, presentValue = TRUE, absentValue = FALSE) boolean json) {
        print(reports.store(), json);
    }

    @Descriptor("Shows what would be lost with this gateway")
    public void backlog(@Parameter(names = JSON, presentValue = TRUE, absentValue = FALSE) boolean json) {
        print(reports.backlog(), json);
    }

    @Descriptor("Lists the bridges to brokers and their routes")
    public void routes(@Parameter(names = JSON, presentValue = TRUE, absentValue = FALSE) boolean json) {
        print(reports.routes(), json);
    }

    @Descriptor("Shows what stands before this gateway and how peers are reached")
    public void nat(@Parameter(names = JSON, presentValue = TRUE, absentValue = FALSE) boolean json) {
        print(reports.nat(), json);
    }

    @Descriptor("Lists the messages that passed lately")
    public void trace(@Parameter(names = JSON, presentValue = TRUE, absentValue = FALSE) boolean json) {
        print(reports.trace(null), json);
    }

    @Descriptor("Follows a message through acceptance, commit, sends and deliveries")
    public void trace(
            @Parameter(names = JSON, presentValue = TRUE, absentValue = FALSE) boolean json,
            @Descriptor("The first digits of the message's id") String message) {
        print(reports.trace(message), json);
    }

    @Descriptor("Shows what was counted since the start")
    public void metrics(@Parameter(names = JSON, presentValue = TRUE, absentValue = FALSE) boolean json) {
        print(reports.metrics(null), json);
    }

    @Descriptor("Shows what was counted since the start, by a part of its name")
    public void metrics(
            @Parameter(names = JSON, presentValue = TRUE, absentValue = FALSE) boolean json,
            @Descriptor("What is in the counters' names") String part) {
        print(reports.metrics(part), json);
    }

    @Descriptor("Publishes a text and waits until it is on disk")
    public void publish(
            @Parameter(names = "--raw", presentValue = TRUE, absentValue = FALSE) boolean raw,
            @Parameter(names = JSON, presentValue = TRUE, absentValue = FALSE) boolean json,
            @Descriptor("The subcluster's name") String subcluster,
            @Descriptor("The topic") String topic,
            @Descriptor("The payload") String text)
            throws InterruptedException {
        print(operations.publish(subcluster, topic, text, raw), json);
    }

    @Descriptor("Shows messages as they come, on all topics")
    public void listen(
            @Parameter(names = "--count", absentValue = "0") int count,
            @Parameter(names = "--seconds", absentValue = "0") int seconds,
            @Parameter(names = JSON, presentValue = TRUE, absentValue = FALSE) boolean json,
            @Descriptor("The subcluster's name") String subcluster) {
        operations.listen(subcluster, null, new Listening.Until(count, seconds, json), System.out::println);
    }

    @Descriptor("Shows messages as they come, on some topics")
    public void listen(
            @Parameter(names = "--count", absentValue = "0") int count,
            @Parameter(names = "--seconds", absentValue = "0") int seconds,
            @Parameter(names = JSON, presentValue = TRUE, absentValue = FALSE) boolean json,
            @Descriptor("The subcluster's name") String subcluster,
            @Descriptor("A topic filter, as demo/#") String filter) {
        operations.listen(subcluster, filter, new Listening.Until(count, seconds, json), System.out::println);
    }

    @Descriptor("Prints an invitation to a subcluster, as a text and a QR code; it is secret")
    public void invite(
            @Parameter(names = "--no-qr", presentValue = TRUE, absentValue = FALSE) boolean noCode,
            @Parameter(names = JSON, presentValue = TRUE, absentValue = FALSE) boolean json,
            @Descriptor("The subcluster's name") String subcluster) {
        print(operations.invite(subcluster, new Invited.Terminal(noCode ? 0 : COLUMNS, false)), json);
    }

    @Descriptor("Takes part in a subcluster by invitation")
    public void join(
            @Parameter(names = "--cluster", presentValue = TRUE, absentValue = FALSE) boolean cluster,
            @Parameter(names = "--replace", presentValue = TRUE, absentValue = FALSE) boolean replace,
            @Parameter(names = "--no-route", presentValue = TRUE, absentValue = FALSE) boolean noRoute,
            @Parameter(names = JSON, presentValue = TRUE, absentValue = FALSE) boolean json,
            @Descriptor("The text of the invitation; secret") String invitation)
            throws IOException {
        print(operations.join(invitation, new JoinOptions(cluster, replace, !noRoute)), json);
    }

    @Descriptor("Moves a subcluster to a new key")
    public void rotate(
            @Parameter(names = "--overlap", absentValue = Operations.OVERLAP_DEFAULT) String overlap,
            @Parameter(names = JSON, presentValue = TRUE, absentValue = FALSE) boolean json,
            @Descriptor("The subcluster's name") String subcluster)
            throws InterruptedException {
        print(operations.rotate(subcluster, overlap), json);
    }
}
