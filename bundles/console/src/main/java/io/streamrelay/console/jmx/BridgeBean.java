// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.jmx;

import io.streamrelay.console.view.BridgeView;
import java.util.List;

/** Shows a bridge. */
final class BridgeBean implements BridgeMXBean, Shown<BridgeView> {

    private volatile BridgeView view;

    BridgeBean(BridgeView view) {
        this.view = view;
    }

    @Override
    public void show(BridgeView next) {
        view = next;
    }

    @Override
    public String getName() {
        return view.name();
    }

    @Override
    public String getBroker() {
        return view.broker();
    }

    @Override
    public String getSubcluster() {
        return view.subcluster();
    }

    @Override
    public List<String> getRoutes() {
        return view.routes();
    }

    @Override
    public boolean isConnected() {
        return view.connected();
    }

    @Override
    public String getProblem() {
        return view.problem();
    }

    @Override
    public long getToMesh() {
        return view.toMesh();
    }

    @Override
    public long getToBroker() {
        return view.toBroker();
    }
}
