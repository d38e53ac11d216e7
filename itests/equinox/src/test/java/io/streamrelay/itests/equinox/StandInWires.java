// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.equinox;

import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.eclipse.kura.wire.WireComponent;
import org.eclipse.kura.wire.WireEmitter;
import org.eclipse.kura.wire.WireEnvelope;
import org.eclipse.kura.wire.WireHelperService;
import org.eclipse.kura.wire.WireReceiver;
import org.eclipse.kura.wire.WireRecord;
import org.eclipse.kura.wire.WireSupport;
import org.osgi.framework.ServiceReference;
import org.osgi.service.wireadmin.Wire;

/** Kura's wire graphs as components see them: what one emits is kept, by its PID, while a wire begins at it. */
final class StandInWires implements WireHelperService {

    private static final Wire[] ONE = new Wire[1];

    private final Map<String, BlockingQueue<WireRecord>> emitted = new ConcurrentHashMap<>();

    @Override
    public WireSupport newWireSupport(WireComponent component, ServiceReference<WireComponent> reference) {
        return new Support(component, emitted((String) reference.getProperty("kura.service.pid")));
    }

    private BlockingQueue<WireRecord> emitted(String pid) {
        return emitted.computeIfAbsent(pid, name -> new LinkedBlockingQueue<>());
    }

    /** Lets a wire begin at a component. */
    BlockingQueue<WireRecord> connect(String pid, WireEmitter component) {
        component.consumersConnected(ONE);
        return emitted(pid);
    }

    /** Takes the wires away, as when a graph is changed. */
    static void disconnect(WireEmitter component) {
        component.consumersConnected(null);
    }

    /** Brings records to a component as a wire does. */
    static void bring(WireReceiver component, WireRecord... records) {
        component.updated(ONE[0], new WireEnvelope("another", List.of(records)));
    }

    private static final class Support implements WireSupport {

        private final WireComponent component;
        private final BlockingQueue<WireRecord> emitted;
        private volatile boolean wired;

        Support(WireComponent component, BlockingQueue<WireRecord> emitted) {
            this.component = component;
            this.emitted = emitted;
        }

        /** As Kura's: to where no wire begins it goes nowhere. */
        @Override
        public void emit(List<WireRecord> wireRecords) {
            if (wired) {
                emitted.addAll(wireRecords);
            }
        }

        @Override
        public void consumersConnected(Wire[] wires) {
            wired = wires != null;
        }

        @Override
        public Object polled(Wire wire) {
            return null;
        }

        @Override
        public void producersConnected(Wire[] wires) {
            // Wires that end somewhere are not needed here.
        }

        @Override
        public void updated(Wire wire, Object value) {
            ((WireReceiver) component).onWireReceive((WireEnvelope) value);
        }
    }
}
