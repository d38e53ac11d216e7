// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.web;

import io.streamrelay.api.Id;
import io.streamrelay.api.Message;
import io.streamrelay.api.Receipt;
import io.streamrelay.api.Registration;
import io.streamrelay.api.StreamRelay;
import io.streamrelay.api.Subcluster;
import io.streamrelay.api.TraceStep;
import io.streamrelay.api.TraceStep.Stage;
import io.streamrelay.api.TracedMessage;
import io.streamrelay.console.view.DropView;
import io.streamrelay.console.view.Finding;
import io.streamrelay.console.view.Level;
import io.streamrelay.console.view.LogEntry;
import io.streamrelay.console.view.NodeView;
import io.streamrelay.console.view.PeerView;
import io.streamrelay.console.view.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A gateway with one peer and one subcluster, {@code demo}, which takes what it is sent as the test says. */
final class PageRelay implements Gateway {

    static final Id SELF = id('1');
    static final Id PEER = id('2');
    static final Id MESSAGE = id('3');

    final List<Consumer<Snapshot>> watchers = new CopyOnWriteArrayList<>();
    final List<Message> sent = new ArrayList<>();
    CompletionStage<Receipt> receipt = CompletableFuture.completedFuture(new Receipt(MESSAGE, 1));
    boolean runs = true;

    private final TracedMessage trace = new TracedMessage(
            MESSAGE,
            "demo",
            List.of(
                    new TraceStep(1, Stage.ACCEPTED, Optional.empty(), "demo/a"),
                    new TraceStep(2, Stage.COMMITTED, Optional.empty(), ""),
                    new TraceStep(3, Stage.HELD, Optional.of(PEER), "")));

    private final Subcluster demo = Fakes.as(Subcluster.class, (method, arguments) -> {
        if (!method.equals("send")) {
            throw new UnsupportedOperationException(method);
        }
        sent.add((Message) arguments[0]);
        return receipt;
    });

    private final StreamRelay relay = Fakes.as(StreamRelay.class, (method, arguments) -> switch (method) {
        case "subcluster" -> arguments[0].equals("demo") ? Optional.of(demo) : Optional.empty();
        case "trace" -> arguments[0].equals(MESSAGE) ? Optional.of(trace) : Optional.empty();
        case "traces" -> List.of(trace);
        default -> throw new UnsupportedOperationException(method);
    });

    private static Id id(char digit) {
        return Id.ofHex(String.valueOf(digit).repeat(Id.BYTES * 2));
    }

    void shows() {
        watchers.forEach(watcher -> watcher.accept(latest()));
    }

    @Override
    public Snapshot latest() {
        NodeView node = new NodeView(
                SELF.hex(), id('c').hex(), id('e').hex(), "1.0", 19777, null, "port-restricted", 5_000, 12_000, true);
        PeerView peer = new PeerView(
                PEER.hex(),
                PeerView.State.CONNECTED,
                "192.0.2.2:2222",
                "unrestricted",
                "direct",
                null,
                true,
                false,
                3_000,
                12,
                0,
                true,
                0,
                List.of("demo"));
        List<Finding> findings =
                List.of(new Finding(io.streamrelay.console.view.Check.NODE, Level.OK, "runs for 5 s", ""));
        return new Snapshot(7, Level.OK, findings, node, List.of(peer), List.of(), null, List.of(), Map.of("a", 1L));
    }

    @Override
    public List<LogEntry> events() {
        return List.of(new LogEntry(1, 6, Level.WATCH, "peer is gone"));
    }

    @Override
    public List<DropView> drops() {
        return List.of(new DropView("bad-magic", null, 4, 5));
    }

    @Override
    public Optional<StreamRelay> relay() {
        return runs ? Optional.of(relay) : Optional.empty();
    }

    @Override
    public Registration watch(Consumer<Snapshot> watcher) {
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }
}
