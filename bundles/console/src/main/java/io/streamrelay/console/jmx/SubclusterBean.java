// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.jmx;

import io.streamrelay.console.view.SubclusterView;
import java.util.concurrent.TimeUnit;

/** Shows a subcluster. */
final class SubclusterBean implements SubclusterMXBean, Shown<SubclusterView> {

    private volatile SubclusterView view;

    SubclusterBean(SubclusterView view) {
        this.view = view;
    }

    @Override
    public void show(SubclusterView next) {
        view = next;
    }

    @Override
    public String getName() {
        return view.name();
    }

    @Override
    public String getId() {
        return view.id();
    }

    @Override
    public int getMembers() {
        return view.members().size();
    }

    @Override
    public long getSent() {
        return view.sent();
    }

    @Override
    public long getReceived() {
        return view.received();
    }

    @Override
    public double getSentPerSecond() {
        return view.sentPerSecond();
    }

    @Override
    public double getReceivedPerSecond() {
        return view.receivedPerSecond();
    }

    @Override
    public long getBacklogMessages() {
        return view.backlogMessages();
    }

    @Override
    public long getBacklogBytes() {
        return view.backlogBytes();
    }

    @Override
    public long getBacklogAgeSeconds() {
        return TimeUnit.MILLISECONDS.toSeconds(view.backlogOldestMs());
    }

    @Override
    public long getMissingEnvelopes() {
        return view.missingEnvelopes();
    }

    @Override
    public int getFormerKeys() {
        return view.formerKeys();
    }
}
