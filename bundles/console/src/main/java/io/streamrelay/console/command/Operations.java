// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.command;

import io.streamrelay.api.Invitation;
import io.streamrelay.api.Message;
import io.streamrelay.api.Subcluster;
import io.streamrelay.console.join.JoinOptions;
import io.streamrelay.console.join.Joining;
import io.streamrelay.console.text.Report;
import io.streamrelay.console.view.GatewayView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The commands that act. */
@Component(service = Operations.class)
public final class Operations {

    /** The overlap of keys that a rotation has when none is given. A guess: a week's absence is no reason to invite anew. */
    public static final String OVERLAP_DEFAULT = "7d";

    private final GatewayView view;
    private final AtomicReference<Joining> joining = new AtomicReference<>();

    @Activate
    public Operations(@Reference GatewayView view) {
        this.view = view;
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC, unbind = "unsetJoining")
    void setJoining(Joining service) {
        joining.set(service);
    }

    void unsetJoining(Joining service) {
        joining.compareAndSet(service, null);
    }

    private Subcluster subcluster(String name) {
        return Nodes.subcluster(Nodes.running(view), name);
    }

    /**
     * Publishes a text, and waits until it is on disk.
     *
     * @param topic the topic, or the event's name when it is raw
     * @param raw whether it is sent as JavaScript peers do, without an envelope
     */
    public Report publish(String subcluster, String topic, String text, boolean raw) throws InterruptedException {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        Subcluster target = subcluster(subcluster);
        return new Published(
                subcluster,
                topic,
                Commit.await(raw ? target.emit(topic, payload) : target.send(Message.of(topic, payload))));
    }

    /**
     * Shows messages as they come, until enough of them came, the time is over, or the thread is interrupted.
     *
     * @param filter a topic filter, or null for all topics
     */
    public void listen(String subcluster, String filter, Listening.Until until, Consumer<String> out) {
        new Listening(subcluster(subcluster), filter, out).run(until);
    }

    /**
     * What others need to take part in a subcluster; the answer is secret.
     *
     * @param terminal where the code is to be shown
     */
    public Report invite(String subcluster, Invited.Terminal terminal) {
        Nodes.subcluster(Nodes.running(view), subcluster);
        return new Invited(Nodes.running(view).invite(subcluster), terminal);
    }

    /** Makes this gateway take part in what an invitation is for. */
    public Report join(String text, JoinOptions options) throws IOException {
        Invitation invitation = Invitation.parse(text);
        Joining service = joining.get();
        if (service == null) {
            Nodes.running(view);
            throw new IllegalStateException("the configuration cannot be changed yet: try again in a moment");
        }
        List<String> done = service.join(invitation, options);
        return new Joined(invitation.subcluster(), done);
    }

    /** @param overlap how long the old key still opens messages, as {@code 12h} or {@code 7d} */
    public Report rotate(String subcluster, String overlap) throws InterruptedException {
        Subcluster target = subcluster(subcluster);
        Commit.await(target.rotate(Durations.parse("overlap", overlap)));
        String id = view.relay()
                .flatMap(relay -> relay.subcluster(subcluster))
                .orElse(target)
                .id()
                .hex();
        return new Rotated(subcluster, id, overlap);
    }
}
